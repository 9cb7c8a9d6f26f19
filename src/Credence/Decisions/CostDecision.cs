namespace Credence.Decisions;

/// <summary>The action a cost matrix takes on a row.</summary>
/// <param name="Index">The action's column.</param>
/// <param name="Action">Its name.</param>
/// <param name="ExpectedCost">Its expected cost, if the probabilities are calibrated.</param>
public sealed record CostDecision(int Index, string Action, double ExpectedCost)
{
    /// <summary>Whether the action is to abstain.</summary>
    public bool Abstains => Action == CostMatrix.Abstain;
}
