using Credence.Data.Scores;

namespace Credence.Conformal;

/// <summary>Prediction sets for a sequence of rows whose distribution may change: after each true class the level is updated,
/// α ← α + γ·(target − missed), so that the long-run miscoverage is the target whatever the rows (I. Gibbs, E. Candès, Adaptive Conformal
/// Inference Under Distribution Shift, 2021).</summary>
/// <remarks>|miscoverage − target| ≤ (max(α₁, 1 − α₁) + γ)/(γ·T) after T rows. The level may leave [0, 1]: at 0 and below the set has every
/// class, at 1 and above none. Where sets are never empty, the level stops at 1, since no set gets smaller than one class: the miscoverage
/// is then at most that much above its target, and below it wherever the errors of the most probable class are. Not thread-safe.</remarks>
public sealed class AdaptiveConformal
{
    private readonly ConformalClassifier classifier;
    private readonly double aim;

    /// <summary>Starts at the classifier's own level.</summary>
    /// <param name="classifier">The sets.</param>
    /// <param name="step">γ, above 0 and at most 1: the step of the level per miss.</param>
    /// <exception cref="ArgumentException">The step is out of range, or the sets were reweighted.</exception>
    public AdaptiveConformal(ConformalClassifier classifier, double step = 0.005)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        if (!(step > 0 && step <= 1))
            throw new ArgumentException($"'{nameof(step)}' is {step}, must be above 0 and at most 1, such as 0.005.", nameof(step));

        if (classifier.ClassWeights is not null)
            throw new ArgumentException("Sets reweighted for label shift can't also adapt.", nameof(classifier));

        this.classifier = classifier;
        aim = Alpha = classifier.Alpha;
        Step = step;
    }

    /// <summary>The current level; it may be below 0, and above 1 where sets may be empty.</summary>
    public double Alpha { get; private set; }

    /// <summary>γ.</summary>
    public double Step { get; }

    /// <summary>The rows whose true class was reported.</summary>
    public long Rows { get; private set; }

    /// <summary>The number of these whose set did not contain it.</summary>
    public long Missed { get; private set; }

    /// <summary>The bound on the deviation of the miscoverage from its target after the rows reported so far, of its excess only where sets
    /// are never empty; infinite before the first.</summary>
    public double Bound => (Math.Max(aim, 1 - aim) + Step) / (Step * Rows);

    /// <summary>The set of a row at the current level, from the most probable class on.</summary>
    /// <param name="probabilities">K probabilities.</param>
    /// <param name="rowKey">The row's key.</param>
    /// <param name="group">The row's group, where sets are by group.</param>
    /// <exception cref="ArgumentException">The row is not a row of K probabilities.</exception>
    public IReadOnlyList<int> Set(ReadOnlySpan<double> probabilities, ulong rowKey, int group = -1)
    {
        var pValues = new double[classifier.Classes];
        classifier.PValues(probabilities, rowKey, pValues, group);
        double level = Alpha;
        int top = classifier.AllowsEmptySets ? -1 : Confidence.Top(probabilities);
        int[] members = [.. Enumerable.Range(0, pValues.Length).Where(k => level <= 0 || k == top || pValues[k] > level)];
        double[] negated = new double[members.Length];
        for (int i = 0; i < members.Length; i++)
            negated[i] = -probabilities[members[i]];

        DescendingOrder.Sort(negated, members);
        return members;
    }

    /// <summary>Reports whether the last row's set contained its true class, and updates the level.</summary>
    public void Tell(bool covered)
    {
        Rows++;
        Missed += covered ? 0 : 1;
        Alpha += Step * (aim - (covered ? 0 : 1));
        if (!classifier.AllowsEmptySets)
            Alpha = Math.Min(1, Alpha);
    }
}
