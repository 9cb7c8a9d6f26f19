using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Decisions;

/// <summary>The decision rule of a model: always answer, answer where it is confident enough, or take the action of least
/// expected cost. It is saved in the model's file, so that every user of the model decides alike.</summary>
public sealed class Policy
{
    /// <summary>Answers every row.</summary>
    public static readonly Policy AnswerAlways = new(null, null);

    private Policy(SelectiveClassifier? selective, CostMatrix? costs)
    {
        Selective = selective;
        Costs = costs;
    }

    /// <summary>The threshold, where there is one.</summary>
    public SelectiveClassifier? Selective { get; }

    /// <summary>The costs, where there are any.</summary>
    public CostMatrix? Costs { get; }

    /// <summary>Answers where the threshold is reached.</summary>
    public static Policy Of(SelectiveClassifier selective)
    {
        ArgumentNullException.ThrowIfNull(selective);
        return new(selective, null);
    }

    /// <summary>Takes the action of least expected cost.</summary>
    public static Policy Of(CostMatrix costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        return new(null, costs);
    }

    /// <summary>Decides a row.</summary>
    /// <param name="probabilities">K calibrated probabilities.</param>
    /// <exception cref="ArgumentException">Under costs, where there are not K probabilities.</exception>
    public PolicyDecision Decide(ReadOnlySpan<double> probabilities)
    {
        if (Costs is not null)
        {
            CostDecision decision = Costs.Decide(probabilities);
            return new PolicyDecision(decision.Abstains, decision.Action, decision.ExpectedCost);
        }

        return new PolicyDecision(Selective?.Abstains(probabilities) ?? false, null, null);
    }

    /// <summary>Serializes it.</summary>
    public JsonObject Save() => this switch
    {
        { Costs: not null } => new() { ["kind"] = "cost", ["cost"] = Costs.Save() },
        { Selective: not null } => new() { ["kind"] = "selective", ["selective"] = Selective.Save() },
        _ => new() { ["kind"] = "always" },
    };

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing, unknown or out of range.</exception>
    public static Policy Load(JsonObject saved) => saved.Text("kind") switch
    {
        "always" => AnswerAlways,
        "selective" => Of(SelectiveClassifier.Load(saved.Object("selective"))),
        "cost" => Of(CostMatrix.Load(saved.Object("cost"))),
        string other => throw new InvalidDataException($"The policy's 'kind' is '{other}', not known."),
    };
}
