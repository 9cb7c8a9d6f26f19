using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>How columns of one kind become features: the entry of a kind in <see cref="ColumnEncodings"/>.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The encoder's name in a model file, <c>number</c>.</param>
/// <param name="Plural">The cells in messages, <c>numbers</c>.</param>
/// <param name="Fit">Fits the encoder of a column.</param>
/// <param name="Load">Reads an encoder back.</param>
internal sealed record ColumnEncoding(ColumnKind Kind, string Name, string Plural, FitEncoder Fit, LoadEncoder Load);

/// <summary>Fits an encoder on the training rows of a column; null, with the reason, where the column has no usable variation.</summary>
internal delegate IColumnEncoder? FitEncoder(
    IColumn column, FeatureOptions options, CancellationToken cancellationToken, out string? leftOut);

/// <summary>Reads what <see cref="IColumnEncoder.Save"/> wrote.</summary>
internal delegate IColumnEncoder LoadEncoder(JsonObject saved, NamedTensors tensors, string prefix);
