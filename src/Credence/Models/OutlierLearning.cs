using Credence.Data;
using Credence.Decisions;
using Credence.Features;
using Credence.Numerics;

namespace Credence.Models;

/// <summary>Learns to tell rows unlike all those seen.</summary>
internal static class OutlierLearning
{
    /// <summary>The most features a score of features takes: it keeps a matrix of their squares, or rows of them.</summary>
    public const int MostColumns = 1024;

    private const int MostNeighbourRows = 10_000, MostNeighbourValues = 1 << 22, MostNeighbours = 50;

    /// <summary>By the logits of held-out rows.</summary>
    public static OutlierDetector Of(LogitScore score, Logits heldOut) => OutlierDetector.Fit(LogitScorer.Fit(heldOut, new() { Score = score }), heldOut.Values);

    /// <summary>By features: fitted on some rows, and held against rows that it was not fitted on.</summary>
    /// <param name="score">The score.</param>
    /// <param name="known">The rows to fit on, with labels and logits.</param>
    /// <param name="heldOut">The others.</param>
    /// <param name="seed">Which rows are kept as neighbours where they are many.</param>
    /// <param name="threads">The most threads.</param>
    /// <exception cref="InvalidDataException">There are too many features, or the rows don't allow the score.</exception>
    public static OutlierDetector Of(
        FeatureScore score, (IFeatureMatrix Features, Labels Labels, Logits Logits) known, (IFeatureMatrix Features, Logits Logits) heldOut, ulong seed, int threads)
    {
        int columns = known.Features.Columns;
        if (columns > MostColumns)
            throw new InvalidDataException($"Strange rows can be told by features where these are at most {MostColumns:N0}; there are {columns:N0}. Take a score of the logits.");

        IOutlierScorer scorer;
        try
        {
            scorer = Fitted(score, known, columns, seed);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"Strange rows can't be told by this score of the features: {error.Message}", error);
        }

        return OutlierDetector.OfScores(scorer, OutlierDetector.ScoreRows(scorer, heldOut.Logits, heldOut.Features, threads));
    }

    private static IOutlierScorer Fitted(FeatureScore score, (IFeatureMatrix Features, Labels Labels, Logits Logits) known, int columns, ulong seed)
    {
        if (score == FeatureScore.Neighbours)
        {
            int rows = Math.Min(known.Features.Rows, Math.Min(MostNeighbourRows, MostNeighbourValues / columns));
            int[] kept = [.. new Rng(seed).Permutation(known.Features.Rows).Take(rows).Order()];
            return NeighbourScorer.Fit(Dense(known.Features.Select(kept)), columns, Math.Min(MostNeighbours, rows), scaled: false);
        }

        return score == FeatureScore.VirtualLogit
            ? VimScorer.Fit(Dense(known.Features), columns, known.Logits)
            : MahalanobisScorer.Fit(Dense(known.Features), columns, known.Labels, score == FeatureScore.RelativeMahalanobis);
    }

    private static float[] Dense(IFeatureMatrix features)
    {
        var values = new float[checked(features.Rows * features.Columns)];
        for (int row = 0; row < features.Rows; row++)
            FeatureRows.Read(features, row, values.AsSpan(row * features.Columns, features.Columns));

        return values;
    }
}
