using System.Text;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Media;

namespace Credence.Files.Sources;

/// <summary>Makes a column of files: pictures of one size, sounds of one rate, or texts.</summary>
internal sealed class MediaDecoder
{
    private const int LongestSide = ImageFile.LongestRead;
    private const int MaxChunkFiles = 256;
    private const long MaxChunkBytes = 1L << 27;
    private readonly MediaFolder folder;
    private readonly ReadOptions options;
    private readonly RowMemory memory;

    private MediaDecoder(MediaFolder folder, ReadOptions options, ColumnSchema schema)
    {
        this.folder = folder;
        this.options = options;
        memory = new RowMemory(options);
        Schema = schema;
    }

    /// <summary>The resulting column.</summary>
    public ColumnSchema Schema { get; }

    /// <summary>Inspects every file for a common size or rate, or takes the model's.</summary>
    /// <exception cref="InvalidDataException">A file can't be read, or the model is for something else.</exception>
    public static MediaDecoder Of(
        MediaFolder folder, ReadOptions options, IReadOnlyList<ColumnSchema>? known, List<string> notes,
        CancellationToken cancellationToken)
    {
        ColumnKind kind = folder.Kind switch
        {
            MediaKind.Image => ColumnKind.Image,
            MediaKind.Audio => ColumnKind.Audio,
            _ => ColumnKind.Text,
        };
        if (known is not null)
        {
            return known is [var column] && column.Kind == kind
                ? new MediaDecoder(folder, options, column)
                : throw new InvalidDataException($"{folder.Names[0]} is {kind.ToString().ToLowerInvariant()}, but the model needs "
                    + $"{NameDisplay.List([.. known.Select(column => column.Name)])}.");
        }

        ColumnSchema schema = kind switch
        {
            ColumnKind.Image => new ColumnSchema("image", kind, ImageShape(folder, options, notes, cancellationToken)),
            ColumnKind.Audio => new ColumnSchema("audio", kind, [Rate(folder, notes, cancellationToken)]),
            _ => new ColumnSchema("text", kind),
        };
        return new MediaDecoder(folder, options, schema);
    }

    /// <summary>The column of some of the files.</summary>
    public IColumn Column(int first, int count, IProgress<double>? progress, CancellationToken cancellationToken) => Schema.Kind switch
    {
        ColumnKind.Image => Images(first, count, progress, cancellationToken),
        ColumnKind.Audio => Sounds(first, count, progress, cancellationToken),
        _ => TextColumn.FromStrings(Schema.Name,
            Texts(first, count, progress, cancellationToken)),
    };

    /// <summary>The most rows of a chunk, so that it stays small whatever the model's pictures.</summary>
    public int MaxChunkRows => Schema.Kind == ColumnKind.Image
        ? (int)Math.Clamp(MaxChunkBytes / Math.Max(1, (long)Schema.Shape[0] * Schema.Shape[1] * Schema.Shape[2]), 1, int.MaxValue)
        : MaxChunkFiles;

    private static int[] ImageShape(MediaFolder folder, ReadOptions options, List<string> notes, CancellationToken cancellationToken)
    {
        var heights = new int[folder.Paths.Length];
        var widths = new int[folder.Paths.Length];
        bool isGrey = true;
        for (int i = 0; i < heights.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (heights[i], widths[i], bool grey) =
                ImageFile.Size(folder.Bytes(i), folder.Names[i], options.MaxPixels);
            isGrey &= grey;
        }

        bool areOfOneSize = heights.All(height => height == heights[0]) && widths.All(width => width == widths[0]);
        int height = Median(heights), width = Median(widths), longest = Math.Max(height, width);
        if (longest > LongestSide)
        {
            height = Math.Max(1, (int)(((long)height * LongestSide) + (longest / 2)) / longest);
            width = Math.Max(1, (int)(((long)width * LongestSide) + (longest / 2)) / longest);
        }

        if (!areOfOneSize || longest > LongestSide)
            notes.Add($"the pictures are resized to {width} × {height} pixels{(areOfOneSize ? $", from {widths[0]} × {heights[0]}"
                : ", as they are of several sizes")}.");

        notes.Add($"the pictures are read {(isGrey ? "in grey" : "in colour")}.");
        return [height, width, isGrey ? 1 : 3];
    }

    private static int Rate(MediaFolder folder, List<string> notes, CancellationToken cancellationToken)
    {
        var rates = new Dictionary<int, int>();
        for (int i = 0; i < folder.Paths.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Stream file = folder.Open(i);
            int rate = WavFormat.RateOf(file, folder.Names[i]);
            rates[rate] = rates.GetValueOrDefault(rate) + 1;
        }

        int common = rates.OrderByDescending(rate => rate.Value).ThenBy(rate => rate.Key).First().Key;
        if (rates.Count > 1)
            notes.Add($"the sounds are resampled to {common:N0} samples per second, the most common rate; "
                + $"{folder.Paths.Length - rates[common]:N0} have another.");

        return common;
    }

    private ImageColumn Images(int first, int count, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (int height, int width, int channels) = (Schema.Shape[0], Schema.Shape[1], Schema.Shape[2]);
        long size = (long)height * width * channels;
        if ((long)height * width > options.MaxPixels || count * size > Array.MaxLength)
            throw new InvalidDataException($"{count:N0} pictures of {width:N0} × {height:N0} pixels are more than can be read at once: "
                + $"{options.MaxPixels:N0} pixels in each, and {Array.MaxLength:N0} bytes in all.");

        memory.Check(count * size, () => $"{count:N0} pictures of {width:N0} × {height:N0} pixels");
        var pixels = new byte[count * size];
        int i = 0;
        foreach ((int at, string name) in Each(first, count, progress, cancellationToken))
        {
            (byte[] decoded, int h, int w) = ImageFile.Decode(folder.Bytes(at), name, channels, options.MaxPixels);
            ImageResizing.Resize(decoded, (h, w), (height, width), channels).CopyTo(pixels, i++ * size);
        }

        return new ImageColumn(Schema.Name, pixels, count, height, width, channels);
    }

    private AudioColumn Sounds(int first, int count, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var starts = new int[count + 1];
        var clips = new List<float[]>(count);
        foreach ((int at, string name) in Each(first, count, progress, cancellationToken))
        {
            using Stream file = folder.Open(at);
            (float[] samples, int rate) = WavFormat.Read(file, name, options.MaxSamples);
            int wanted = Schema.Shape[0];
            if (Math.Max(rate, wanted) / Math.Min(rate, wanted) >= Resampling.MaxRatio)
                throw new InvalidDataException($"{name} has {rate:N0} samples per second, too far from the required {wanted:N0}: the "
                    + $"ratio must be below {Resampling.MaxRatio}.");

            double together = starts[clips.Count] + Math.Ceiling((double)samples.Length * wanted / rate);
            if (together > Array.MaxLength)
                throw new InvalidDataException($"{name}: with this file there are {together:N0} samples, above the limit of "
                    + $"{Array.MaxLength:N0}. Read fewer sounds.");

            // Each clip, and all of them joined.
            memory.Check((long)together * sizeof(float) * 2, () => $"{name}: the {clips.Count + 1:N0} sounds read so far");
            float[] clip = Resampling.Resample(samples, rate, wanted);

            starts[clips.Count + 1] = starts[clips.Count] + clip.Length;
            clips.Add(clip);
        }

        var all = new float[starts[^1]];
        for (int i = 0; i < clips.Count; i++)
            clips[i].CopyTo(all, starts[i]);

        return new AudioColumn(Schema.Name, all, starts, Schema.Shape[0]);
    }

    private string[] Texts(int first, int count, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        long characters = 0;
        foreach ((int at, string name) in Each(first, count, progress, cancellationToken))
        {
            texts.Add(Text(folder.Paths[at], name, options));
            characters += texts[^1].Length;

            // Two bytes a character, and then up to three in the column.
            memory.Check(5 * characters, () => $"{name}: the {texts.Count:N0} texts read so far");
        }

        return [.. texts];
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="InvalidDataException">It is too long, or not valid in its encoding.</exception>
    public static string Text(string path, string name, ReadOptions options)
    {
        if (FileLength.Of(path) == 0)
            return "";

        InputFile file = InputFile.At(path, options, name);

        using TextReader text = TextEncoding.Open(file, TextEncoding.Detect(file, options.Encoding).Encoding);
        var all = new StringBuilder();
        var buffer = new char[1 << 14];
        int read;
        while ((read = text.Read(buffer)) > 0)
        {
            if (all.Length + read > options.MaxRowLength)
                throw new InvalidDataException($"{name} is longer than the limit of {options.MaxRowLength:N0} characters.");

            all.Append(buffer, 0, read);
        }

        return all.ToString().Trim();
    }

    private IEnumerable<(int At, string Name)> Each(int first, int count, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        for (int i = first; i < first + count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i % 64 == 0)
                progress?.Report((double)i / folder.Paths.Length);

            yield return (i, folder.Names[i]);
        }
    }

    private static int Median(int[] values) => values.Order().ElementAt(values.Length / 2);
}
