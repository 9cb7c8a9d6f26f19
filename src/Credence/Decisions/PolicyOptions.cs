using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Decisions;

/// <summary>The options of a policy. At most one of the three is set; none answers every row.</summary>
public sealed record PolicyOptions
{
    /// <summary>The coverage: the share of rows to answer, most confident first, 0 to 1.</summary>
    public double? Coverage { get; init; }

    /// <summary>The maximum error rate of the answers, and the confidence of the guarantee.</summary>
    public RiskControlOptions? Risk { get; init; }

    /// <summary>The cost of each action.</summary>
    public CostMatrix? Costs { get; init; }

    /// <summary>Whether any option is set.</summary>
    public bool IsAsked => Coverage is not null || Risk is not null || Costs is not null;

    /// <summary>Fits the policy to held-out rows.</summary>
    /// <param name="probabilities">[n, K], calibrated, of rows the model was not fitted on.</param>
    /// <param name="labels">Their classes; rows without one count only for a coverage.</param>
    /// <returns>The policy, or the reason why there is none.</returns>
    /// <exception cref="ArgumentException">More than one is set, one is out of range, the shapes disagree, or the costs are of other
    /// classes.</exception>
    public Attempt<Policy, string> Fit(Probabilities probabilities, Labels labels)
    {
        Check();
        if (Costs is not null)
            return new(Policy.Of(Costs.InOrder(labels.Names)));

        if (Coverage is { } coverage)
            return new(Policy.Of(SelectiveClassifier.ForCoverage(probabilities, coverage)));

        return Risk is null ? new(Policy.AnswerAlways) : SelectiveClassifier.ForRisk(probabilities, labels, Risk).Then(Policy.Of);
    }

    internal void Check()
    {
        if ((Coverage is null ? 0 : 1) + (Risk is null ? 0 : 1) + (Costs is null ? 0 : 1) > 1)
            throw new ArgumentException(
                $"'{nameof(Coverage)}', '{nameof(Risk)}' and '{nameof(Costs)}' are alternative policies; give one.");

        if (Coverage is { } coverage && !(coverage >= 0 && coverage <= 1))
            throw new ArgumentException($"'{nameof(Coverage)}' is {coverage}; it must be from 0 to 1.");

        Risk?.Check();
    }
}
