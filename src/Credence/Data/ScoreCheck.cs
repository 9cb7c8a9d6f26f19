using Credence.Numerics;

namespace Credence.Data;

/// <summary>Refuses what cannot be probabilities, naming row and column, before anything is built on it.</summary>
internal static class ScoreCheck
{
    /// <summary>How far a row's sum may be from one: 32- and 16-bit softmax outputs pass, scores of another kind do not.</summary>
    public const double SumTolerance = 2e-3;

    private const int PieceValues = 1 << 18;

    public static void Rows(Probabilities probabilities, string name)
    {
        if (probabilities.IsSound)
            return;

        int size = Math.Max(1, PieceValues / probabilities.Classes);
        Pieces.For(Chunks.Count(probabilities.Rows, size), 0, piece =>
        {
            for (int row = piece * size; row < Math.Min(probabilities.Rows, (piece + 1) * size); row++)
                Row(probabilities.Row(row), row, name);
        });
        probabilities.IsSound = true;
    }

    public static void Row(ReadOnlySpan<double> probabilities, int row, string name)
    {
        // Which one is unfit is looked for only when one is.
        double sum = Lanes.Sum(probabilities);
        if (!Lanes.AreWithin(probabilities, 0, 1 + SumTolerance))
        {
            int k = 0;
            while (probabilities[k] >= 0 && probabilities[k] <= 1 + SumTolerance)
                k++;

            throw new ArgumentException(
                $"'{name}' {Where(row)}class {k} is {probabilities[k]}; a probability is from 0 to 1. Turn scores into probabilities first.", name);
        }

        if (Math.Abs(sum - 1) > SumTolerance)
        {
            throw new ArgumentException(
                $"'{name}' {Where(row)}sums to {sum:0.######}, not 1. Scores that are not probabilities of one class each need calibration first.", name);
        }
    }

    public static void Together(int rows, int classes, Labels labels)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"There are {rows} rows of scores and {labels.Count} labels; there must be as many.", nameof(labels));

        if (labels.Classes != classes)
            throw new ArgumentException($"There are {classes} classes in the scores and {labels.Classes} in the labels.", nameof(labels));
    }

    private static string Where(int row) => row < 0 ? "" : $"row {row} ";
}
