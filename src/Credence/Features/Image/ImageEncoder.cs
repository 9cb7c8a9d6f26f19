using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Image;

/// <summary>Pixels, scaled to 0 to 1. Those equal in all training images are left out.</summary>
internal sealed class ImageEncoder : IColumnEncoder
{
    private const string Kind = "image";

    /// <summary>The most values of a picture: 4,096 × 4,096 in grey.</summary>
    private const int MaxValues = 1 << 24;

    private static readonly string[] ChannelNames = [" red", " green", " blue", " alpha"];
    private readonly int[] kept;
    private string[]? names;

    private ImageEncoder(ColumnSchema input, int[] kept)
    {
        this.kept = kept;
        Input = input;
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Image,
        Kind,
        "images",
        (IColumn column, FeatureOptions _, CancellationToken _, out string? leftOut) => Fit((ImageColumn)column, out leftOut),
        Load);

    public ColumnSchema Input { get; }

    // Made when they are asked for: of a large picture they take more memory than the model.
    public IReadOnlyList<string> Names => names ??= [.. kept.Select(NameOf)];

    public int Width => kept.Length;

    public double TypicalNonzeros => kept.Length;

    public ImageGrid Grid => new(Input.Shape[0], Input.Shape[1], Input.Shape[2], kept);

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static ImageEncoder? Fit(ImageColumn column, out string? leftOut)
    {
        leftOut = $"column '{column.Name}' has the same picture in every row: left out";
        if (column.Count == 0)
            return null;

        if ((long)column.Height * column.Width * column.Channels > MaxValues)
            throw new InvalidDataException($"Column '{column.Name}' has pictures of {column.Width:N0} × {column.Height:N0} pixels, above "
                + $"the limit of {MaxValues:N0} values in each. Make them smaller.");

        var varies = new bool[column.Size];
        ReadOnlySpan<byte> first = column.Row(0);
        for (int row = 1; row < column.Count; row++)
        {
            ReadOnlySpan<byte> pixels = column.Row(row);
            for (int i = 0; i < varies.Length; i++)
                varies[i] |= pixels[i] != first[i];
        }

        int[] kept = [.. Enumerable.Range(0, varies.Length).Where(i => varies[i])];
        if (kept.Length == 0)
            return null;

        int constant = varies.Length - kept.Length;
        leftOut = constant == 0 ? null
            : $"{constant} of the {varies.Length} pixels of column '{column.Name}' are the same in every row: left out";
        return new ImageEncoder(ColumnSchema.Of(column), kept);
    }

    private string NameOf(int pixel)
    {
        int width = Input.Shape[1], channels = Input.Shape[2];
        return $"pixel {pixel / channels / width},{pixel / channels % width}"
            + (channels == 1 ? "" : ChannelNames[pixel % channels]);
    }

    public RowEncoder Read(IColumn column)
    {
        var images = (ImageColumn)column;
        return (row, output) =>
        {
            ReadOnlySpan<byte> pixels = images.Row(row);
            for (int feature = 0; feature < kept.Length; feature++)
                output.Set(feature, pixels[kept[feature]] / 255f);
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<int>($"{prefix}kept", kept);
        return new JsonObject { ["kind"] = Kind, ["column"] = Input.Name, ["shape"] = Input.Shape.ToJson() };
    }

    public static ImageEncoder Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int[] shape = saved.Integers("shape", 1, 1 << 15);
        if (shape.Length != 3 || shape[2] > ChannelNames.Length || (long)shape[0] * shape[1] * shape[2] > MaxValues)
            throw new InvalidDataException($"The model's description has an image of shape [{string.Join(", ", shape)}]; it must be "
                + $"[height, width, channels], at most {MaxValues:N0} values.");

        var input = new ColumnSchema(saved.Text("column"), ColumnKind.Image, shape);
        return new ImageEncoder(input, KeptFeatures.Load(tensors, $"{prefix}kept", shape[0] * shape[1] * shape[2]));
    }
}
