using System.Text.Json.Nodes;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Decisions;

/// <summary>The guarantee that comes with a threshold.</summary>
/// <param name="MaxRisk">The maximum error rate of the answers.</param>
/// <param name="Delta">The probability with which the guarantee may fail.</param>
/// <param name="Answered">The number of held-out rows at or above the threshold.</param>
/// <param name="Wrong">The number of wrong ones among these.</param>
/// <param name="Rows">The held-out rows.</param>
/// <param name="Method">The search method.</param>
public sealed record RiskBound(double MaxRisk, double Delta, int Answered, int Wrong, int Rows, RiskControlMethod Method)
{
    /// <summary>The share of held-out rows answered.</summary>
    public double Coverage => (double)Answered / Rows;

    /// <summary>A 95 % interval for the share of future rows that will be answered (Clopper–Pearson).</summary>
    public (double Low, double High) CoverageInterval =>
        (BinomialDistribution.LowerBound(Answered, Rows, 0.025), BinomialDistribution.UpperBound(Answered, Rows, 0.025));

    /// <summary>The guarantee in words.</summary>
    public string Statement =>
        $"At most {MaxRisk:0.####%} wrong among those answered, with {1 - Delta:0.####%} confidence: answers {Coverage:0.#%} "
        + $"({Wrong:N0} wrong of {Answered:N0} on {Rows:N0} held-out rows).";

    internal JsonObject Save() => new()
    {
        ["max_risk"] = MaxRisk,
        ["delta"] = Delta,
        ["answered"] = Answered,
        ["wrong"] = Wrong,
        ["rows"] = Rows,
        ["method"] = Method == RiskControlMethod.SelectiveGuaranteedRisk ? "sgr" : "ltt",
    };

    internal static RiskBound Load(JsonObject saved)
    {
        var options = new RiskControlOptions { MaxRisk = saved.Number("max_risk"), Delta = saved.Number("delta") };
        int rows = saved.Integer("rows", 1);
        int answered = saved.Integer("answered", 0, rows);
        RiskControlMethod method = saved.Text("method") switch
        {
            "sgr" => RiskControlMethod.SelectiveGuaranteedRisk,
            "ltt" => RiskControlMethod.LearnThenTest,
            string other => throw new InvalidDataException($"The risk bound's 'method' is '{other}', not known."),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The risk bound is out of range: {error.Message}", error);
        }

        return new RiskBound(options.MaxRisk, options.Delta, answered, saved.Integer("wrong", 0, answered), rows, method);
    }
}
