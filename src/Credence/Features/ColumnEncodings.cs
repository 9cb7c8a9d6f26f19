using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Audio;
using Credence.Features.Columns;
using Credence.Features.Image;
using Credence.Features.Text;
using Credence.Persistence;

namespace Credence.Features;

/// <summary>The encoders, one per kind of column. A new kind is one line here.</summary>
internal static class ColumnEncodings
{
    private static readonly ColumnEncoding[] All =
    [
        NumberEncoder.Encoding,
        CategoryEncoder.Encoding,
        TextEncoder.Encoding,
        DateEncoder.Encoding,
        VectorEncoder.Encoding,
        ImageEncoder.Encoding,
        AudioEncoder.Encoding,
    ];

    /// <summary>The entry of a kind.</summary>
    /// <exception cref="NotSupportedException">The kind has no encoder.</exception>
    public static ColumnEncoding Of(ColumnKind kind) =>
        Array.Find(All, encoding => encoding.Kind == kind)
        ?? throw new NotSupportedException($"There is no encoder for columns of kind {kind}.");

    /// <summary>Reads what an <see cref="IColumnEncoder.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or invalid, or the kind is unknown.</exception>
    public static IColumnEncoder Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        string kind = saved.Text("kind");
        ColumnEncoding encoding = Array.Find(All, encoding => encoding.Name == kind)
            ?? throw new InvalidDataException($"The model's description has a column of kind '{kind}', which this version does not know.");
        return encoding.Load(saved, tensors, prefix);
    }
}
