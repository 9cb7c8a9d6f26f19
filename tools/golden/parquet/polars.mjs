// Writes tests/golden/parquet/polars.parquet: npm install nodejs-polars@0.25, then node polars.mjs FOLDER.
import pl from "nodejs-polars";

const frame = pl.DataFrame({
  text: ["a first text", "grün", null],
  colour: pl.Series("colour", ["red", "blue", "red"]).cast(pl.Categorical),
  whole: pl.Series("whole", [1, null, -3], pl.Int32),
  large: pl.Series("large", [9007199254740991, -1, 0], pl.Int64),
  price: [0.5, -1.25, null],
  ratio: pl.Series("ratio", [0.1, 2, 3], pl.Float32),
  flag: [true, null, false],
  moment: [new Date(Date.UTC(2024, 1, 29, 1, 2, 3, 4)), null, new Date(0)],
  embedding: [[0.5, 1], [2, 3], [-4, 5]],
});
frame.writeParquet(`${process.argv[2]}/polars.parquet`, { compression: "zstd" });
