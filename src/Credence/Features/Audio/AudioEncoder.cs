using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Options;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Features.Audio;

/// <summary>Audio as standardised log-mel and MFCC statistics over time; those equal in all training clips are left out.</summary>
internal sealed class AudioEncoder : IColumnEncoder
{
    private const string Kind = "audio";
    private const int RowsPerChunk = 64;
    private readonly AudioOptions options;
    private readonly SoundFeatures sound;
    private readonly int[] kept;
    private readonly Standardizer[] standardizers;

    private AudioEncoder(ColumnSchema input, AudioOptions options, SoundFeatures sound, int[] kept, Standardizer[] standardizers)
    {
        this.options = options;
        this.sound = sound;
        this.kept = kept;
        this.standardizers = standardizers;
        Input = input;
        Names = [.. kept.Select(feature => sound.Names[feature])];
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Audio,
        Kind,
        "sound",
        (IColumn column, FeatureOptions options, CancellationToken token, out string? leftOut) =>
            Fit((AudioColumn)column, options.Audio, options.Threads, token, out leftOut),
        Load);

    public ColumnSchema Input { get; }

    public IReadOnlyList<string> Names { get; }

    public int Width => kept.Length;

    public double TypicalNonzeros => kept.Length;

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static AudioEncoder? Fit(
        AudioColumn column, AudioOptions options, int maxThreads, CancellationToken cancellationToken, out string? leftOut)
    {
        var sound = new SoundFeatures(options, column.SampleRate);
        int width = sound.Names.Count;
        var values = new double[checked(column.Count * width)];
        Chunks.For((column.Count + RowsPerChunk - 1) / RowsPerChunk, maxThreads, chunk =>
        {
            for (int row = chunk * RowsPerChunk; row < Math.Min((chunk + 1) * RowsPerChunk, column.Count); row++)
                sound.Compute(Checked(column, row), values.AsSpan(row * width, width));
        }, cancellationToken);

        var kept = new List<int>();
        var standardizers = new List<Standardizer>();
        var one = new double[column.Count];
        for (int feature = 0; feature < width; feature++)
        {
            for (int row = 0; row < one.Length; row++)
                one[row] = values[(row * width) + feature];

            if (Standardizer.Fit(column.Name, one) is { } fitted)
            {
                kept.Add(feature);
                standardizers.Add(fitted);
            }
        }

        leftOut = kept.Count > 0 ? null : $"column '{column.Name}' sounds the same in every row: left out";
        return kept.Count > 0 ? new AudioEncoder(ColumnSchema.Of(column), options, sound, [.. kept], [.. standardizers]) : null;
    }

    public RowEncoder Read(IColumn column)
    {
        var clips = (AudioColumn)column;
        var features = new double[sound.Names.Count];
        return (row, output) =>
        {
            sound.Compute(Checked(clips, row), features);
            for (int i = 0; i < kept.Length; i++)
                output.Set(i, standardizers[i].Apply(features[kept[i]]));
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<int>($"{prefix}kept", kept);
        tensors.Add<double>($"{prefix}mean", standardizers.Select(s => s.Mean).ToArray());
        tensors.Add<double>($"{prefix}deviation", standardizers.Select(s => s.Deviation).ToArray());
        return new JsonObject
        {
            ["kind"] = Kind,
            ["column"] = Input.Name,
            ["sample_rate"] = Input.Shape[0],
            ["frame_seconds"] = options.FrameSeconds,
            ["hop_seconds"] = options.HopSeconds,
            ["mel_bands"] = options.MelBands,
            ["coefficients"] = options.Coefficients,
            ["segments"] = options.Segments,
        };
    }

    public static AudioEncoder Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        var options = new AudioOptions
        {
            FrameSeconds = saved.Number("frame_seconds"),
            HopSeconds = saved.Number("hop_seconds"),
            MelBands = saved.Integer("mel_bands"),
            Coefficients = saved.Integer("coefficients"),
            Segments = saved.Integer("segments"),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The model's description of its audio features is invalid: {error.Message}", error);
        }

        int sampleRate = saved.Integer("sample_rate", 100, 1_000_000);
        var sound = new SoundFeatures(options, sampleRate);
        int[] kept = KeptFeatures.Load(tensors, $"{prefix}kept", sound.Names.Count);
        double[] mean = tensors.Get<double>($"{prefix}mean", kept.Length);
        double[] deviation = tensors.Get<double>($"{prefix}deviation", kept.Length);
        var input = new ColumnSchema(saved.Text("column"), ColumnKind.Audio, [sampleRate]);
        return new AudioEncoder(input, options, sound, kept, [.. mean.Zip(deviation, Standardizer.Load)]);
    }

    private static ReadOnlySpan<float> Checked(AudioColumn clips, int row)
    {
        ReadOnlySpan<float> samples = clips.Row(row);
        foreach (float sample in samples)
            Standardizer.CheckFinite(clips.Name, row, float.IsNaN(sample) ? double.PositiveInfinity : sample);

        return samples;
    }
}
