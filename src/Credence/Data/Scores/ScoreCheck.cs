using Credence.Numerics;
using Credence.Threading;

namespace Credence.Data.Scores;

/// <summary>Rejects invalid probabilities, naming row and class, before they are used.</summary>
internal static class ScoreCheck
{
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
        if (ScoreFault.OfProbabilities(probabilities, row) is { } fault)
        {
            throw new ArgumentException(
                $"'{name}' {fault.Place}{fault.Text} {(fault.Class >= 0 ? "Turn scores into probabilities first." : "Scores that are not "
                    + $"probabilities of one class each need calibration first.")}", name);
        }
    }

    public static void Together(int rows, int classes, Labels labels)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"There are {rows} rows of scores and {labels.Count} labels; there must be as many.",
                nameof(labels));

        if (labels.Classes != classes)
            throw new ArgumentException($"There are {classes} classes in the scores and {labels.Classes} in the labels.", nameof(labels));
    }
}
