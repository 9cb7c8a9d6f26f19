using Credence.Numerics;

namespace Credence.Networks.Training;

/// <summary>The rows that a network is trained on.</summary>
/// <param name="Labels">The class of each row of the data.</param>
/// <param name="Weights">The weight of each row of the data; null where all are 1.</param>
/// <param name="Fill">Writes the inputs of one row, changed at random where a generator is given.</param>
internal sealed record NetworkRows(int[] Labels, double[]? Weights, RowFill Fill);

/// <summary>Writes the inputs of one row.</summary>
/// <param name="row">The row.</param>
/// <param name="noise">Random numbers for augmentation; null for none.</param>
/// <param name="inputs">[inputs], overwritten.</param>
internal delegate void RowFill(int row, Rng? noise, Span<float> inputs);
