using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Models;

/// <summary>How scores were spoilt before they were saved, which a calibrator of them undoes first: a sign turned round, or a softmax of
/// what were probabilities already.</summary>
/// <remarks>The softmax q of probabilities p has ln q_k = p_k − c with one c per row, and p sums to one, so that
/// p_k = ln q_k + (1 − Σ ln q_j)/K: nothing is lost but digits.</remarks>
public sealed record ScoreUndoing
{
    private const double MostNegated = 1e6;

    /// <summary>Whether high scores stand for unlikely classes; the sign is turned.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Whether each score is 1 − p, divided by the classes but one; p is taken.</summary>
    public bool IsComplement { get; init; }

    /// <summary>Whether the scores are probabilities that went, or are to go, through a softmax; their logarithms are taken.</summary>
    public bool IsSecondSoftmax { get; init; }

    /// <summary>The least probability that the digits of a second softmax resolve.</summary>
    public double Floor { get; init; }

    /// <summary>What was found, what is done, and the evidence, in words; empty where it was read from a file.</summary>
    public string Text { get; init; } = "";

    /// <summary>The same in a few words, to begin a sentence.</summary>
    public string Short => (IsNegated || IsComplement, IsSecondSoftmax) switch
    {
        (true, true) => "These scores are reversed, and softmax was applied to what were probabilities already",
        (true, false) => "These scores are reversed: the class with the lowest is the most likely",
        _ => "Softmax was applied to what were probabilities already",
    };

    /// <summary>Logits as they were before.</summary>
    /// <param name="logits">[rows, classes]; of probabilities their logarithms.</param>
    internal Logits Undo(Logits logits)
    {
        double[] values = logits.Values.ToArray();
        int classes = logits.Classes;
        for (int first = 0; first < values.Length; first += classes)
        {
            Span<double> row = values.AsSpan(first, classes);
            if (IsComplement)
                Complement(row);
            else if (IsNegated)
                Negate(row);

            if (IsSecondSoftmax)
            {
                Unsoften(row);
                for (int k = 0; k < classes; k++)
                    row[k] = Math.Max(row[k], Floor);
                Log.Apply(row, row);
            }
        }

        return new Logits(values, classes);
    }

    /// <summary>The probabilities whose softmax has these logits, if it is one.</summary>
    internal static void Unsoften(Span<double> logits)
    {
        double sum = 0;
        foreach (double logit in logits)
            sum += logit;

        double shift = (1 - sum) / logits.Length;
        for (int k = 0; k < logits.Length; k++)
            logits[k] += shift;
    }

    internal JsonObject Save() => new()
    {
        ["negated"] = IsNegated,
        ["complement"] = IsComplement,
        ["second_softmax"] = IsSecondSoftmax,
        ["floor"] = Floor,
    };

    /// <exception cref="InvalidDataException">A value is missing or out of range.</exception>
    internal static ScoreUndoing Load(JsonObject saved)
    {
        double floor = saved.Number("floor");
        return floor is >= 0 and < 1
            ? new ScoreUndoing
            {
                IsNegated = saved.Flag("negated"),
                IsComplement = saved.Flag("complement"),
                IsSecondSoftmax = saved.Flag("second_softmax"),
                Floor = floor,
            }
            : throw new InvalidDataException($"The floor of what is undone is {floor}; it must be from 0 to below 1.");
    }

    private static void Negate(Span<double> row)
    {
        for (int k = 0; k < row.Length; k++)
            row[k] = -Math.Clamp(row[k], -MostNegated, MostNegated);
    }

    private void Complement(Span<double> row)
    {
        Exp.Apply(row, row);
        for (int k = 0; k < row.Length; k++)
            row[k] = Math.Max(1 - ((row.Length - 1) * row[k]), Floor);
        Log.Apply(row, row);
    }
}
