using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Shift;

/// <summary>The class priors and predictions of the rows a model was validated on, with which unlabelled future rows are compared to detect
/// a shift
/// of the class priors.</summary>
public sealed class LabelShift
{
    /// <summary>The maximum number of classes: a number is kept for each pair of them.</summary>
    public const int MostClasses = 4096;

    private const double SumTolerance = 1e-6;
    private const long MaxInformationProducts = 2_000_000_000;

    private readonly LabelShiftOptions options;
    private readonly double[] prior;
    private readonly double[] labelShares;
    private readonly double[] joint;
    private readonly int[] predicted;

    private LabelShift(LabelShiftOptions options, string[] classNames, double[] prior, double[] labelShares, double[] joint,
        int[] predicted)
    {
        this.options = options;
        ClassNames = classNames;
        this.prior = prior;
        this.labelShares = labelShares;
        this.joint = joint;
        this.predicted = predicted;
    }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The estimation options.</summary>
    public LabelShiftMethod Method => options.Method;

    /// <summary>π: the mean calibrated probability of each class on the source rows. With it, rather than the label frequencies, rows
    /// without a shift give an estimate without a shift.</summary>
    public IReadOnlyList<double> SourcePrior => prior;

    /// <summary>The share of each class among the source rows' labels.</summary>
    public IReadOnlyList<double> SourceLabelShares => labelShares;

    /// <summary>The number of labelled source rows.</summary>
    public int SourceRows => predicted.Sum();

    /// <summary>Collects the statistics of the source rows.</summary>
    /// <param name="probabilities">[n, K], calibrated, of rows held out.</param>
    /// <param name="labels">Their classes; rows without one are left out.</param>
    /// <param name="options">The estimation options.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the scores are not probabilities, no row has a label, or there are more
    /// classes than <see cref="MostClasses"/>.</exception>
    public static LabelShift Fit(Probabilities probabilities, Labels labels, LabelShiftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new LabelShiftOptions();
        options.Check();
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        ScoreCheck.Rows(probabilities, nameof(probabilities));
        int classes = labels.Classes;
        if (classes > MostClasses)
            throw new ArgumentException($"There are {classes:N0} classes; label shift is estimated for at most {MostClasses:N0}.",
                nameof(labels));

        var shares = new double[classes];
        var joint = new double[classes * classes];
        var predicted = new int[classes];
        var tops = new int[labels.Count];
        double[] prior = new RowChunks(labels.Count, classes).Sum(classes, 0, (from, to, sums) =>
        {
            for (int row = from; row < to; row++)
            {
                if (labels[row] < 0)
                    continue;

                Vectors.AddScaled<double>(1, probabilities.Row(row), sums);
                tops[row] = probabilities.Top(row);
            }
        });
        int rows = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            if (labels[row] < 0)
                continue;

            rows++;
            int top = tops[row];
            predicted[top]++;
            shares[labels[row]]++;
            joint[(top * classes) + labels[row]]++;
        }

        if (rows == 0)
            throw new ArgumentException("No source row has a label.", nameof(labels));

        double sum = prior.Sum();
        for (int k = 0; k < classes; k++)
        {
            prior[k] /= sum;
            shares[k] /= rows;
        }

        for (int i = 0; i < joint.Length; i++)
            joint[i] /= rows;

        return new LabelShift(options, [.. labels.Names], prior, shares, joint, predicted);
    }

    /// <summary>The same, or null with a note where there are more than <see cref="MostClasses"/>.</summary>
    internal static LabelShift? FitIfFew(Probabilities probabilities, Labels labels, LabelShiftOptions options, ICollection<string> notes)
    {
        if (labels.Classes <= MostClasses)
            return Fit(probabilities, labels, options);

        notes.Add($"label shift can't be estimated later: of {labels.Classes:N0} classes no priors are stored (at most {MostClasses:N0})");
        return null;
    }

    /// <summary>Estimates the class prior of unlabelled rows, with intervals and a test for a shift.</summary>
    /// <param name="target">[n, K], the same model's calibrated probabilities.</param>
    /// <exception cref="ArgumentException">There are no rows, or they are not rows of K probabilities.</exception>
    public LabelShiftEstimate Estimate(Probabilities target)
    {
        if (target.Classes != prior.Length || target.Rows == 0)
            throw new ArgumentException(
                $"There are {target.Rows} rows of {target.Classes} classes; at least one row of {prior.Length} classes is needed.",
                nameof(target));

        ScoreCheck.Rows(target, nameof(target));
        var counts = new int[prior.Length];
        for (int row = 0; row < target.Rows; row++)
            counts[target.Top(row)]++;

        double pValue = HomogeneityTest.PValue(predicted, counts);
        return options.Method == LabelShiftMethod.BlackBox ? BlackBox(target.Rows, counts, pValue) : Likelihood(target, pValue);
    }

    /// <summary>An estimate with a known class prior; it has no rows, no standard deviations and no p-value.</summary>
    /// <param name="shares">K shares, 0 or more, not all 0; divided by their sum. NaN for those that are not known: what the others leave
    /// of 1 is shared out in proportion to <see cref="SourcePrior"/>.</param>
    /// <exception cref="ArgumentException">There are not K, one is negative, one is above 0 for a class without source rows, or those given
    /// leave less than nothing, or nothing where something must be left.</exception>
    public LabelShiftEstimate Known(ReadOnlySpan<double> shares)
    {
        if (shares.Length != prior.Length)
            throw new ArgumentException($"There are {shares.Length} shares for {prior.Length} classes.", nameof(shares));

        shares = Completed(shares);
        double sum = 0;
        for (int k = 0; k < shares.Length; k++)
        {
            if (!(shares[k] >= 0 && double.IsFinite(shares[k])))
                throw new ArgumentException($"The share of '{ClassNames[k]}' is {shares[k]}; it must be 0 or more.", nameof(shares));

            if (shares[k] > 0 && !(prior[k] > 0))
                throw new ArgumentException($"'{ClassNames[k]}' has probability 0 on all source rows, so its share must be 0.",
                    nameof(shares));

            sum += shares[k];
        }

        if (!(sum > 0))
            throw new ArgumentException("All shares are 0; at least one must be above 0.", nameof(shares));

        var deviations = new double[prior.Length];
        Array.Fill(deviations, double.NaN);
        return new LabelShiftEstimate(this, 0, [.. shares.ToArray().Select(share => share / sum)], deviations, double.NaN, 0, true);
    }

    private double[] Completed(ReadOnlySpan<double> shares)
    {
        double[] all = shares.ToArray();
        double left = 1, rest = 0;
        for (int k = 0; k < all.Length; k++)
        {
            left -= double.IsNaN(all[k]) ? 0 : all[k];
            rest += double.IsNaN(all[k]) ? prior[k] : 0;
        }

        if (!Array.Exists(all, double.IsNaN) || Array.Exists(all, share => share < 0))
            return all;

        if (left < -SumTolerance)
            throw new ArgumentException($"The shares given sum to {1 - left:0.####}; they must sum to at most 1.", nameof(shares));

        if (left > SumTolerance && !(rest > 0))
            throw new ArgumentException(
                $"The shares given sum to {1 - left:0.####}, and the other classes have probability 0 on all source "
                + "rows, so they can't have the rest.", nameof(shares));

        for (int k = 0; k < all.Length; k++)
            all[k] = double.IsNaN(all[k]) ? Math.Max(0, left) * (rest > 0 ? prior[k] / rest : 0) : all[k];

        return all;
    }

    /// <summary>Serializes it; where a black box is inverted, the joint shares of predicted and true class go to a tensor.</summary>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        if (options.Method == LabelShiftMethod.BlackBox)
            tensors.Add<double>(prefix + "joint", joint, prior.Length, prior.Length);

        return new JsonObject
        {
            ["classes"] = ClassNames.ToJson(),
            ["method"] = options.Method == LabelShiftMethod.BlackBox ? "bbse" : "em",
            ["pseudo_rows"] = options.PseudoRows,
            ["prior"] = prior.ToJson(),
            ["label_shares"] = labelShares.ToJson(),
            ["predicted"] = predicted.ToJson(),
        };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static LabelShift Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        string[] names = saved.Texts("classes");
        double[] prior = saved.Numbers("prior");
        double[] shares = saved.Numbers("label_shares");
        int[] predicted = saved.Integers("predicted");
        double pseudoRows = saved.Number("pseudo_rows");
        LabelShiftMethod method = saved.Text("method") switch
        {
            "em" => LabelShiftMethod.ExpectationMaximisation,
            "bbse" => LabelShiftMethod.BlackBox,
            string other => throw new InvalidDataException($"The shift's 'method' is '{other}', not known."),
        };
        bool inverts = method == LabelShiftMethod.BlackBox;
        double[] joint = inverts ? tensors.Get<double>(prefix + "joint", (long)names.Length * names.Length) : [];
        bool lengths = prior.Length == names.Length && shares.Length == names.Length && predicted.Length == names.Length
            && names.Length > 0;
        if (!lengths || pseudoRows < 0 || !IsDistribution(prior) || !IsDistribution(shares) || (inverts && !IsDistribution(joint))
            || predicted.Sum(count => (long)count) is 0 or > int.MaxValue)
            throw new InvalidDataException(
                "The shift's 'prior', 'label_shares', 'predicted' or 'joint' does not have one value per class, or is not a distribution.");

        return new LabelShift(new LabelShiftOptions { Method = method, PseudoRows = pseudoRows }, names, prior, shares, joint, predicted);
    }

    private LabelShiftEstimate Likelihood(Probabilities target, double pValue)
    {
        var likelihood = new PriorLikelihood(target, prior, options.PseudoRows, options.MaxThreads);
        (double[] estimate, int iterations, bool converged) = likelihood.Maximise(prior, options.Tolerance, options.MaxIterations);
        double[] information = likelihood.Information(estimate, MaxInformationProducts);
        return new LabelShiftEstimate(this, target.Rows, estimate, TangentDeviations(information), pValue, iterations, converged);
    }

    /// <summary>Solves joint·w = predicted shares in least squares, w = q/π, propagates the binomial variance of the shares, and takes the
    /// nearest
    /// distribution.</summary>
    private LabelShiftEstimate BlackBox(int rows, int[] counts, double pValue)
    {
        int classes = prior.Length;
        double[] share = [.. counts.Select(count => (double)count / rows)];
        var normal = new double[classes * classes];
        MatrixProduct.MultiplyTransposedLeft(joint, joint, normal, classes, classes, classes);
        double trace = 0;
        for (int k = 0; k < classes; k++)
            trace += normal[(k * classes) + k];

        // A class that is never predicted makes the matrix singular; the ridge then leaves its weight near 0 instead of anywhere.
        for (int k = 0; k < classes; k++)
            normal[(k * classes) + k] += 1e-9 * trace / classes;

        Cholesky factor = Cholesky.TryFactor(normal, classes)
            ?? throw new ArgumentException("The source rows' predictions are independent of their classes; the prior can't be estimated.");
        var inverse = new double[classes * classes];
        var column = new double[classes];
        for (int j = 0; j < classes; j++)
        {
            for (int k = 0; k < classes; k++)
                column[k] = joint[(j * classes) + k];

            factor.Solve(column);
            for (int k = 0; k < classes; k++)
                inverse[(k * classes) + j] = column[k];
        }

        var estimate = new double[classes];
        var deviations = new double[classes];
        for (int k = 0; k < classes; k++)
        {
            double mean = 0;
            double square = 0;
            for (int j = 0; j < classes; j++)
            {
                double gain = labelShares[k] * inverse[(k * classes) + j];
                mean += gain * share[j];
                square += gain * gain * share[j];
            }

            estimate[k] = mean;
            deviations[k] = Math.Sqrt(Math.Max(0, square - (mean * mean)) / rows);
        }

        // A class without source rows keeps share 0.
        int[] seen = [.. Enumerable.Range(0, classes).Where(k => labelShares[k] > 0)];
        double[] nearest = SimplexProjection.Project([.. seen.Select(k => estimate[k])]);
        Array.Clear(estimate);
        for (int i = 0; i < seen.Length; i++)
            estimate[seen[i]] = nearest[i];

        return new LabelShiftEstimate(this, rows, estimate, deviations, pValue, 0, true);
    }

    /// <summary>Standard deviations from the information matrix H on the simplex: of H⁻¹ − H⁻¹·1·1ᵀ·H⁻¹/(1ᵀ·H⁻¹·1). NaN where H is
    /// singular.</summary>
    private static double[] TangentDeviations(double[] information)
    {
        int classes = (int)Math.Sqrt(information.Length);
        var deviations = new double[classes];
        if (Cholesky.TryFactor(information, classes) is not Cholesky factor)
        {
            Array.Fill(deviations, double.NaN);
            return deviations;
        }

        var ones = new double[classes];
        Array.Fill(ones, 1);
        factor.Solve(ones);
        double total = ones.Sum();
        var unit = new double[classes];
        for (int k = 0; k < classes; k++)
        {
            Array.Clear(unit);
            unit[k] = 1;
            factor.SolveLower(unit);
            double variance = 0;
            foreach (double value in unit)
                variance += value * value;

            deviations[k] = Math.Sqrt(Math.Max(0, variance - (ones[k] * ones[k] / total)));
        }

        return deviations;
    }

    private static bool IsDistribution(double[] shares) => shares.All(share => share >= 0) && Math.Abs(shares.Sum() - 1) < 1e-6;
}
