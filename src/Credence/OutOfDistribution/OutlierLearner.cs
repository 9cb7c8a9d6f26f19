using System.Numerics;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.OutOfDistribution;

/// <summary>Fits a detector of out-of-distribution rows.</summary>
internal static class OutlierLearner
{
    /// <summary>The maximum number of features of a score of features, which stores their covariance matrix or the rows.</summary>
    public const int MostColumns = 1024;

    private const int PieceValues = 1 << 12, MostNeighbourRows = 10_000, MostNeighbourValues = 1 << 22, MostValues = 1 << 26,
        MostNeighbours = 50;

    /// <summary>Fits a score of logits to held-out rows.</summary>
    public static OutlierDetector Fit(LogitScore score, Logits heldOut) =>
        OutlierDetector.Fit(LogitScorer.Fit(heldOut, new() { Score = score }), heldOut.Values);

    /// <summary>Fits a score of features to some rows, and calibrates it on rows that it was not fitted on.</summary>
    /// <param name="score">The score.</param>
    /// <param name="known">The rows to fit on, with labels and logits.</param>
    /// <param name="heldOut">The held-out rows.</param>
    /// <param name="seed">The seed of the subsample where there are many rows.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    /// <exception cref="InvalidDataException">There are too many features, or the rows don't determine the score.</exception>
    public static OutlierDetector Fit(
        FeatureScore score, (IFeatureMatrix Features, Labels Labels, Logits Logits) known, (IFeatureMatrix Features, Logits Logits) heldOut,
            ulong seed, int maxThreads)
    {
        IOutlierScorer scorer = Checked(score, known, seed);
        return OutlierDetector.OfScores(scorer, Scores(scorer, heldOut.Logits, heldOut.Features, maxThreads));
    }

    /// <summary>Fits a score of features to all rows, and calibrates it on all of them: each row's score is that of a scorer fitted without
    /// its fold, so that few rows still give as many reference scores (cross-conformal; the rate holds nearly, without a proof).</summary>
    /// <param name="score">The score.</param>
    /// <param name="rows">The rows, with labels and out-of-fold logits.</param>
    /// <param name="folds">The fold of each row, from 0 on, none empty.</param>
    /// <param name="seed">The seed of the subsample where there are many rows.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    /// <exception cref="InvalidDataException">There are too many features, or the rows don't determine the score.</exception>
    public static OutlierDetector FitCrossed(
        FeatureScore score, (IFeatureMatrix Features, Labels Labels, Logits Logits) rows, int[] folds, ulong seed, int maxThreads)
    {
        var reference = new double[folds.Length];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            int[] known = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)],
                held = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)];
            IOutlierScorer without = Checked(
                score, (rows.Features.Select(known), rows.Labels.Select(known), rows.Logits.Select(known)), seed);
            double[] scores = Scores(without, rows.Logits.Select(held), rows.Features.Select(held), maxThreads);
            for (int i = 0; i < held.Length; i++)
                reference[held[i]] = scores[i];
        }

        return OutlierDetector.OfScores(Checked(score, rows, seed), reference);
    }

    /// <summary>The outlier score of each row of logits and features.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="logits">[n, K].</param>
    /// <param name="features">[n, columns]; used where the scorer takes them.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core.</param>
    /// <exception cref="ArgumentException">The scorer has another number of columns, or the numbers of rows differ.</exception>
    public static double[] Scores(IOutlierScorer scorer, Logits logits, IFeatureMatrix features, int maxThreads = 0)
    {
        int ofFeatures = scorer.Input == OutlierInput.Logits ? 0 : features.Columns, ofLogits = scorer.Input == OutlierInput.Features ? 0
            : logits.Classes;
        if (scorer.Columns != ofFeatures + ofLogits || features.Rows != logits.Rows)
        {
            throw new ArgumentException(
                $"The scorer takes {scorer.Columns} numbers per row; there are {ofFeatures} features of {features.Rows} rows and "
                    + $"{ofLogits} logits of {logits.Rows}.", nameof(scorer));
        }

        var scores = new double[logits.Rows];
        int size = Math.Max(1, PieceValues / scorer.Columns);
        Pieces.For(Chunks.Count(scores.Length, size), maxThreads, piece =>
        {
            var numbers = new double[scorer.Columns];
            for (int row = piece * size; row < Math.Min(scores.Length, (piece + 1) * size); row++)
            {
                if (ofFeatures > 0)
                    Read(features, row, numbers.AsSpan(0, ofFeatures));

                if (ofLogits > 0)
                    logits.Row(row).CopyTo(numbers.AsSpan(ofFeatures));

                scores[row] = scorer.Score(numbers);
            }
        });
        return scores;
    }

    private static IOutlierScorer Checked(
        FeatureScore score, (IFeatureMatrix Features, Labels Labels, Logits Logits) known, ulong seed)
    {
        int columns = known.Features.Columns;
        if (columns > MostColumns)
            throw new InvalidDataException($"Detecting out-of-distribution rows by features needs at most {MostColumns:N0} features; "
                + $"there are {columns:N0}. Use a score of the logits.");

        try
        {
            return Fitted(score, known, columns, seed);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"This score of the features cannot detect out-of-distribution rows: {error.Message}", error);
        }
    }

    private static IOutlierScorer Fitted(
        FeatureScore score, (IFeatureMatrix Features, Labels Labels, Logits Logits) known, int columns, ulong seed)
    {
        int most = score == FeatureScore.Neighbours ? Math.Min(MostNeighbourRows, MostNeighbourValues / columns) : MostValues / columns;
        int[] kept = [.. new Rng(seed).Permutation(known.Features.Rows).Take(most).Order()];
        float[] features = Dense(known.Features.Select(kept));
        return score switch
        {
            FeatureScore.Neighbours => NeighbourScorer.Fit(features, columns, Math.Min(MostNeighbours, kept.Length), scaled: false),
            FeatureScore.VirtualLogit => VimScorer.Fit(features, columns, known.Logits.Select(kept)),
            _ => MahalanobisScorer.Fit(features, columns, known.Labels.Select(kept), score == FeatureScore.RelativeMahalanobis),
        };
    }

    private static float[] Dense(IFeatureMatrix features)
    {
        var values = new float[features.Rows * features.Columns];
        for (int row = 0; row < features.Rows; row++)
            Read(features, row, values.AsSpan(row * features.Columns, features.Columns));

        return values;
    }

    /// <summary>Writes a row of features, those not stored as 0.</summary>
    private static void Read<T>(IFeatureMatrix features, int row, Span<T> numbers)
        where T : INumber<T>
    {
        if (features is DenseMatrix dense)
        {
            ReadOnlySpan<float> values = dense.Row(row);
            for (int j = 0; j < values.Length; j++)
                numbers[j] = T.CreateTruncating(values[j]);

            return;
        }

        var sparse = (SparseMatrix)features;
        numbers.Clear();
        for (int i = sparse.Starts[row]; i < sparse.Starts[row + 1]; i++)
            numbers[sparse.Indices[i]] = T.CreateTruncating(sparse.Values[i]);
    }
}
