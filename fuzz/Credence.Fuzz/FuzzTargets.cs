using System.IO.Compression;
using System.Text;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Evaluation.Results;
using Credence.Files;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Fuzz.Seeds;
using Credence.Fuzz.Structures;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Onnx.Reading;
using Parquet;

namespace Credence.Fuzz;

/// <summary>The readers that take what comes from outside.</summary>
public static class FuzzTargets
{
    /// <summary>Limits low enough that an input of some thousand bytes can go past them.</summary>
    private static readonly ReadOptions Limits = new()
    {
        MaxRowLength = 1 << 20,
        MaxColumns = 1000,
        MaxUnpackedBytes = 1 << 24,
        MaxArrayBytes = 1 << 24,
        MaxPixels = 1 << 20,
    };

    private static readonly string[] Separators =
        [",", ";", "\t", "|", " ", "\"", "\"\"", "\n", "\r", "\r\n", "#", "\0", "\u001F", "?", "NA", "nan", "inf", "1e999", "2024-01-01",
            "\u00e9", "\u2028", "\uFEFF"];

    /// <summary>Each of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("csv", "data.csv", () =>
            [.. TextBytes.InEachEncoding(TextBytes.Csv), Utf8("5.1 3.5 a\n4.9 3.0 b\n"), Utf8("spam\tone, two\nham\tthree\n")], Separators,
            Rows),
        new("jsonl", "data.jsonl", () => [.. TextBytes.InEachEncoding(TextBytes.Json).Where((_, i) => i != 4)],
            ["{", "}", "[", "]", "\":", ",", "null", "true", "1e999", "\\u0000", "\\uD800", "{\"a\":", "[[", "\n"], Rows),
        new("parquet", "data.parquet", () =>
            [ParquetBytes.Mixed(7), ParquetBytes.Mixed(4, CompressionMethod.Snappy), ParquetBytes.Mixed(4, CompressionMethod.Gzip)],
            ["PAR1"], Rows)
        {
            Structure = ParquetMutation.Mutate,
        },
        new("npz", "data.npz", Arrays,
            ["'descr'", "'<f8'", "'>i4'", "'|O'", "'<U9'", "True", "(", ")", ",", "0", "PK\u0003\u0004", "PK\u0001\u0002",
            "PK\u0005\u0006"], Rows)
        {
            Repair = ArrayBytes.Resealed,
            Structure = NpzMutation.Mutate,
        },
        new("idx", "data-idx3-ubyte", Idx, [], Rows),
        new("png", "data.png", () =>
            [ImageBytes.GreyPng(5, 4, 90),
            ImageBytes.Png(3, 2, isGrey: false, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1])],
            ["IHDR", "IDAT", "IEND", "PLTE", "tRNS", "CgBI"], Rows)
        {
            Structure = PngMutation.Mutate,
        },
        new("jpg", "data.jpg", () => [ImageBytes.GreyJpg, ImageBytes.ColourJpg], ["\u00ff", "JFIF", "Adobe"], Rows),
        new("bmp", "data.bmp", () => [ImageBytes.Bmp(5, 3, 10, 20, 30)], ["BM"], Rows),
        new("webp", "data.webp", () => PictureBytes.Webp, ["RIFF", "WEBP", "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"], Rows),
        new("gif", "data.gif", () => PictureBytes.Gif, ["GIF89a", "GIF87a", ",", "!", ";"], Rows),
        new("tiff", "data.tiff", () => PictureBytes.Tiff, ["II*\0", "MM\0*"], Rows),
        new("wav", "data.wav", () =>
            [WavBytes.Tone(8000, 200), WavBytes.Wav(3, 2, 16000, 32, new byte[64]), WavBytes.Wav(1, 1, 44100, 8, new byte[50])],
            ["RIFF", "WAVE", "fmt ", "data", "LIST"], Rows),
        new("scores", "scores.csv", () =>
            [.. TextBytes.InEachEncoding(TextBytes.Scores), .. ScoreArrays()], [.. Separators, "label", "cat", "-inf", "logits", "labels"],
            path => SavedScores.Read(path, Limits, ScoreKind.Logits))
        {
            Repair = ArrayBytes.Resealed,
        },
        new("doctor", "scores.csv", () => [.. TextBytes.InEachEncoding(TextBytes.Scores), Utf8(TextBytes.Many), .. ScoreArrays()],
            [.. Separators, "label", "cat", "-inf", "0.97", "-1", "1.0", "0", "100", "1e-300", "1e300"], Doctor)
        {
            Repair = ArrayBytes.Resealed,
        },
        new("onnx", "model.onnx", () => OnnxBytes.Models,
            ["Gemm", "Softmax", "Identity", "If", "Loop", "ZipMap", "ai.onnx.ml", "x", "z", "p", "location", "classes", "SOFTMAX", "NONE",
                "credence_calibrator", "credence_record"], path => OnnxClassifier.Read(path))
        {
            Structure = ProtobufMutation.Mutate,
        },
        new("model", "model.credence", () =>
            [ModelBytes.Small()], ["\\\"", "\"", "null", "[]", "{}", "-1", "1e300", "\"F64\"", "\"U8\"", "shape", "data_offsets"], Model)
        {
            Repair = ModelBytes.Resealed,
            Structure = ModelMutation.Mutate,
        },
    ];

    /// <summary>The target of a name, or null.</summary>
    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);

    private static void Rows(string path)
    {
        using IRowSource source = DataFiles.Open([path], Limits);
        DataChunk all = source.ReadAll();
        int rows = 0;
        foreach (DataChunk chunk in source.Read(3))
            rows += chunk.Rows;

        if (rows != all.Rows)
            throw new InvalidOperationException($"Read at once there are {all.Rows} rows, in chunks {rows}.");
    }

    private static void Model(string path)
    {
        Classifier classifier = ModelFile.Load(path);
        classifier.Predict(ModelBytes.Rows(5), new PredictionOptions { MaxThreads = 1 });
    }

    /// <summary>All that the doctor does with scores, but for the writing: what they are, a calibrator, every figure, the diagnosis, the
    /// remedy applied.</summary>
    private static void Doctor(string path)
    {
        SavedScores scores = SavedScores.Read(path, Limits, null);
        if (scores.Labels is null || scores.Values.Length > 20_000)
            return;

        ScoreFormatReport nature = ScoreFormatReport.Inspect(scores.Values, scores.Classes.Count);
        var options = new ScoreCalibrationOptions
        {
            Selection = new CalibratorSelectionOptions { Methods = ["none", "temperature", "isotonic"], MaxThreads = 1 },
            Evaluation = new EvaluationOptions { BootstrapDraws = 40, NullDraws = 19 },
            MaxThreads = 1,
        };
        ScoreCalibrationFit fit = new ScoreCalibration(options)
            .Fit(nature.Kind, nature.Normalized(scores.Values, scores.Classes.Count), scores.Labels);
        if (Diagnosis.Diagnose(fit, nature).Verdict.Length == 0)
            throw new InvalidOperationException("The doctor has nothing to say.");

        double loss = fit.Evaluation.Calibrated[MetricName.LogLoss].Value;
        if (!double.IsFinite(loss))
            throw new InvalidOperationException($"The remedy's log loss is {loss}.");

        Probabilities applied = fit.Calibrator.Apply(nature.Normalized(scores.Values, scores.Classes.Count), 1);
        if (ScoreFault.First(ScoreKind.Probabilities, applied.Values, applied.Classes) is { } fault)
            throw new InvalidOperationException($"The remedy gives a row {fault.Row} that {fault.Text}");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static IReadOnlyList<byte[]> Arrays()
    {
        (string, byte[])[] arrays =
        [
            ("x", ArrayBytes.Npy<double>("<f8", "(3, 2)", 1, 2, 3, 4, 5, 6)), ("y", ArrayBytes.Npy<long>("<i8", "(3,)", 0, 1, 0)),
            ("names", ArrayBytes.Npy("<U2", "(3,)", Encoding.UTF32.GetBytes("a\0b\0cc"))),
        ];
        return
        [
            ArrayBytes.Npz(arrays),
            ArrayBytes.Zip(CompressionLevel.Optimal, [.. arrays.Select(array => (array.Item1 + ".npy", array.Item2))]),
            ArrayBytes.Npy("|u1", "(2, 2, 3)", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
            ArrayBytes.Npy(">i2", "(2, 2)", [0, 1, 0, 2, 0, 3, 0, 4], isColumnMajor: true),
        ];
    }

    private static IReadOnlyList<byte[]> Idx() =>
    [
        ArrayBytes.Idx(0x08, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), ArrayBytes.Idx(0x0D, [2], [0x3f, 0x80, 0, 0, 0x40, 0, 0, 0]),
        ArrayBytes.Idx(0x0C, [1, 2], [0, 0, 0, 1, 0, 0, 0, 2]), ArrayBytes.Gzip(ArrayBytes.Idx(0x0B, [3], [0, 1, 0, 2, 0, 3])),
    ];

    private static IReadOnlyList<byte[]> ScoreArrays() =>
    [
        ArrayBytes.Npz(("logits", ArrayBytes.Npy<float>("<f4", "(2, 3)", 1, 2, 3, 4, 5, 6)),
            ("labels", ArrayBytes.Npy<long>("<i8", "(2,)", 0, 2))),
        ArrayBytes.Npz(("probs", ArrayBytes.Npy<double>("<f8", "(2, 2)", 0.25, 0.75, 0.5, 0.5)),
            ("y", ArrayBytes.Npy<byte>("|u1", "(2, 2)", 0, 1, 1, 0))),
    ];
}
