// Pictures by libvips (sharp), and their pixels the right way up and on white, as pictures.json: tests/golden/pictures.
//
//     npm install sharp && node pictures.mjs tests/golden/pictures
import sharp from "sharp";
import fs from "node:fs";

const out = process.argv[2];
const [height, width] = [12, 16];
const raw = (channels, of) => {
  const bytes = Buffer.alloc(height * width * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        bytes[(y * width + x) * channels + c] = of(y, x, c);
  return sharp(bytes, { raw: { width, height, channels } });
};

// Smooth, and of no symmetry: lossy formats keep it, and no turn leaves it as it is.
const colour = () => raw(3, (y, x, c) => 30 + 9 * y + 5 * x * (c === 1 ? 1 : 0) + 3 * x * (c === 2 ? 1 : 0) + (c === 0 ? 2 * x : 0));
const alpha = () => raw(4, (y, x, c) => (c === 3 ? Math.min(255, 20 * y + 10) : 200 - 10 * x + 3 * c));
const black = () => raw(4, (y, x, c) => (c === 3 ? 17 * x : 0));

const files = {
  "turned.png": alpha().png(),
  "alpha.png": alpha().png(),
  "black.png": black().png(),
  "palette.png": alpha().png({ palette: true, colours: 16, dither: 0 }),
  "sixteen.png": colour().toColourspace("rgb16").png(),
  "colour.jpg": colour().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }),
  "cmyk.jpg": colour().toColourspace("cmyk").jpeg({ quality: 95, chromaSubsampling: "4:4:4" }),
  "lossless.webp": alpha().webp({ lossless: true }),
  "lossy.webp": colour().webp({ quality: 95 }),
  "colour.gif": colour().gif({ dither: 0 }),
  "colour.tiff": colour().tiff({ compression: "none" }),
  "lzw.tiff": colour().tiff({ compression: "lzw" }),
  "deflate.tiff": alpha().tiff({ compression: "deflate" }),
  "grey.tiff": colour().greyscale().tiff({ compression: "packbits" }),
};
delete files["turned.png"];
for (let orientation = 2; orientation <= 8; orientation++)
  files[`turned-${orientation}.jpg`] = colour().withMetadata({ orientation }).jpeg({ quality: 95, chromaSubsampling: "4:4:4" });
files["turned-6.tiff"] = colour().withMetadata({ orientation: 6 }).tiff({ compression: "none" });
files["turned-6.webp"] = colour().withMetadata({ orientation: 6 }).webp({ lossless: true });
files["turned-6.png"] = colour().withMetadata({ orientation: 6 }).png();

const known = {};
async function read(bytes) {
  const { data, info } = await sharp(bytes).autoOrient().flatten({ background: "#fff" }).toColourspace("srgb").raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { shape: [info.height, info.width, info.channels], pixels: [...data] };
}
for (const [name, picture] of Object.entries(files)) {
  const bytes = await picture.toBuffer();
  fs.writeFileSync(`${out}/${name}`, bytes);
  known[name] = await read(bytes);
}
for (const name of ["colour-alpha.png", "grey-alpha.png"])
  known[name] = await read(fs.readFileSync(`${out}/../media/${name}`));
fs.writeFileSync(`${out}/pictures.json`, JSON.stringify(known));
