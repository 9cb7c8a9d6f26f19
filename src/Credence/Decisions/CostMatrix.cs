using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Decisions;

/// <summary>The cost of each action under each true class. The Bayes action of a row is the one with the least expected cost,
/// min over a of Σ_k p_k·C[k, a] (Chow 1970, for the action that abstains).</summary>
public sealed class CostMatrix
{
    /// <summary>The name of the action that abstains.</summary>
    public const string Abstain = "abstain";

    private readonly double[] costs;

    /// <summary>Makes a cost matrix.</summary>
    /// <param name="classNames">K true classes, the rows.</param>
    /// <param name="actionNames">A actions, the columns, all different; one may be <see cref="Abstain"/>, and one named as a class
    /// answers that class.</param>
    /// <param name="costs">[K, A], row-major, finite; a negative cost is a gain. The matrix takes ownership.</param>
    /// <exception cref="ArgumentException">The shape is wrong, a cost is not finite or an action is named twice.</exception>
    public CostMatrix(IReadOnlyList<string> classNames, IReadOnlyList<string> actionNames, double[] costs)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(actionNames);
        ArgumentNullException.ThrowIfNull(costs);
        if (classNames.Count == 0 || actionNames.Count == 0 || costs.Length != classNames.Count * actionNames.Count)
        {
            throw new ArgumentException(
                $"{classNames.Count} classes and {actionNames.Count} actions need {classNames.Count * actionNames.Count} costs, at least "
                    + $"one; there are {costs.Length}.",
                nameof(costs));
        }

        for (int i = 0; i < costs.Length; i++)
        {
            if (!double.IsFinite(costs[i]))
            {
                throw new ArgumentException(
                    $"The cost of '{actionNames[i % actionNames.Count]}' where '{classNames[i / actionNames.Count]}' is true is "
                        + $"{costs[i]}; it must be finite.",
                    nameof(costs));
            }
        }

        if (actionNames.Distinct(StringComparer.Ordinal).Count() != actionNames.Count)
            throw new ArgumentException("An action is named twice.", nameof(actionNames));

        ClassNames = [.. classNames];
        ActionNames = [.. actionNames];
        this.costs = costs;
    }

    /// <summary>The true classes, the rows.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The actions, the columns.</summary>
    public IReadOnlyList<string> ActionNames { get; }

    /// <summary>The cost of an action where a class is true.</summary>
    public double this[int trueClass, int action] => costs[(trueClass * ActionNames.Count) + action];

    /// <summary>0 for the right answer, 1 for a wrong one, and a fixed cost for abstaining: Chow's rule, which answers where the
    /// largest probability is at least 1 − <paramref name="abstain"/>.</summary>
    public static CostMatrix ZeroOne(IReadOnlyList<string> classNames, double abstain)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        int classes = classNames.Count;
        var costs = new double[classes * (classes + 1)];
        for (int k = 0; k < classes; k++)
        {
            for (int a = 0; a < classes; a++)
                costs[(k * (classes + 1)) + a] = a == k ? 0 : 1;

            costs[(k * (classes + 1)) + classes] = abstain;
        }

        return new CostMatrix(classNames, [.. classNames, Abstain], costs);
    }

    /// <summary>The same costs with the true classes in another order.</summary>
    /// <param name="classNames">The classes, as a model has them.</param>
    /// <exception cref="ArgumentException">They are not the same classes; the message names one.</exception>
    public CostMatrix InOrder(IReadOnlyList<string> classNames)
    {
        if (ClassNames.SequenceEqual(classNames))
            return this;

        if (ClassNames.Except(classNames, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"The costs name the class '{unknown}', which the model does not have.", nameof(classNames));

        int actions = ActionNames.Count;
        var ordered = new double[classNames.Count * actions];
        for (int k = 0; k < classNames.Count; k++)
        {
            int from = Array.IndexOf([.. ClassNames], classNames[k]);
            if (from < 0)
                throw new ArgumentException($"The costs have no row for the class '{classNames[k]}'.", nameof(classNames));

            costs.AsSpan(from * actions, actions).CopyTo(ordered.AsSpan(k * actions));
        }

        return new CostMatrix(classNames, ActionNames, ordered);
    }

    /// <summary>The action of least expected cost; the first of equal ones.</summary>
    /// <param name="probabilities">K calibrated probabilities; for uncalibrated ones the expected cost is wrong.</param>
    /// <exception cref="ArgumentException">There are not K.</exception>
    public CostDecision Decide(ReadOnlySpan<double> probabilities)
    {
        if (probabilities.Length != ClassNames.Count)
            throw new ArgumentException($"'{nameof(probabilities)}' has length {probabilities.Length}, needs {ClassNames.Count}.",
                nameof(probabilities));

        ScoreCheck.Row(probabilities, -1, nameof(probabilities));
        int best = 0;
        double least = double.PositiveInfinity;
        for (int action = 0; action < ActionNames.Count; action++)
        {
            double expected = 0;
            for (int k = 0; k < probabilities.Length; k++)
                expected += probabilities[k] * this[k, action];

            if (expected < least)
            {
                least = expected;
                best = action;
            }
        }

        return new CostDecision(best, ActionNames[best], least);
    }

    /// <summary>Serializes it.</summary>
    public JsonObject Save() => new()
    {
        ["classes"] = ClassNames.ToJson(),
        ["actions"] = ActionNames.ToJson(),
        ["costs"] = costs.ToJson(),
    };

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static CostMatrix Load(JsonObject saved)
    {
        try
        {
            return new CostMatrix(saved.Texts("classes"), saved.Texts("actions"), saved.Numbers("costs"));
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The cost matrix is not usable: {error.Message}", error);
        }
    }
}
