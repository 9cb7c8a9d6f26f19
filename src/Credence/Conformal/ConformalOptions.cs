using System.Text.Json.Nodes;
using Credence.Persistence;

namespace Credence.Conformal;

/// <summary>The options of prediction sets.</summary>
public sealed record ConformalOptions
{
    /// <summary>The share of rows whose set may miss the true class, above 0 and below 1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>The nonconformity score.</summary>
    public ConformalScore Score { get; init; } = ConformalScore.Lac;

    /// <summary>The partition within which the coverage holds.</summary>
    public ConformalPartition Partition { get; init; } = ConformalPartition.None;

    /// <summary>Whether the rows of the quantile were held out of all fitting, which only the caller knows: approximate unless the caller
    /// states otherwise. An exact guarantee needs a <see cref="GuaranteeReason"/> that says which rows those are.</summary>
    public ConformalGuarantee Guarantee { get; init; } = ConformalGuarantee.Approximate;

    /// <summary>The reason for the guarantee, as shown to a user, such as "rows 5,000 to 9,999, held out of everything else".</summary>
    public string GuaranteeReason { get; init; } = "";

    /// <summary>Whether a set may be empty, which the plain rule makes it where every class is less likely than the quantile allows. By
    /// default the score of the most probable class is 0, at fitting and at predicting, so every set holds that class; the law of the
    /// coverage holds as before, and the coverage lies above 1−α only where the accuracy does.</summary>
    public bool AllowEmptySets { get; init; }

    /// <summary>Whether APS, RAPS, SAPS and top-k draw a uniform number per row. Without it they overcover and, where many
    /// probabilities are saturated at 1, their sets are far too large.</summary>
    public bool Randomised { get; init; } = true;

    /// <summary>Keys the hash that turns a row's key into its uniform number.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>RAPS: λ, added for each rank past <see cref="RapsRank"/>.</summary>
    public double RapsPenalty { get; init; } = 0.01;

    /// <summary>RAPS: the rank up to which nothing is added.</summary>
    public int RapsRank { get; init; } = 5;

    /// <summary>SAPS: w, the weight per rank.</summary>
    public double SapsWeight { get; init; } = 0.2;

    /// <summary>Classes or groups with too few rows for a quantile of their own: true puts such a class in every set (and gives such a
    /// group full sets), which keeps the guarantee; false refuses.</summary>
    public bool AcceptRareParts { get; init; }

    /// <summary>Whether sets depend on the rows' keys: whether scores are randomised.</summary>
    public bool TakesKeys => Randomised && Score is not (ConformalScore.Lac or ConformalScore.Margin);

    internal void Check()
    {
        ConformalRank.CheckAlpha(Alpha, nameof(Alpha));
        if (!Enum.IsDefined(Score) || !Enum.IsDefined(Partition) || !Enum.IsDefined(Guarantee))
            throw new ArgumentException($"'{nameof(Score)}', '{nameof(Partition)}' or '{nameof(Guarantee)}' is not a valid value.");

        if (!(RapsPenalty >= 0 && double.IsFinite(RapsPenalty)))
            throw new ArgumentException($"'{nameof(RapsPenalty)}' is {RapsPenalty}, must be 0 or more.");

        if (RapsRank < 0)
            throw new ArgumentException($"'{nameof(RapsRank)}' is {RapsRank}, must be 0 or more.");

        if (!(SapsWeight >= 0 && double.IsFinite(SapsWeight)))
            throw new ArgumentException($"'{nameof(SapsWeight)}' is {SapsWeight}, must be 0 or more.");

        ArgumentNullException.ThrowIfNull(GuaranteeReason);
    }

    /// <summary>Rejects an exact guarantee without a statement of the rows it rests on.</summary>
    internal void CheckStatement()
    {
        if (Guarantee == ConformalGuarantee.Exact && string.IsNullOrWhiteSpace(GuaranteeReason))
        {
            throw new ArgumentException(
                $"'{nameof(Guarantee)}' is {Guarantee}, but '{nameof(GuaranteeReason)}' is empty: say which rows the quantile comes from, "
                + "held out of everything else.");
        }
    }

    internal JsonObject Save()
    {
        var saved = new JsonObject
        {
            ["alpha"] = Alpha,
            ["score"] = NameOf(Score),
            ["partition"] = NameOf(Partition),
            ["guarantee"] = NameOf(Guarantee),
            ["guarantee_reason"] = GuaranteeReason,
            ["randomised"] = Randomised,
            ["seed"] = Seed.ToString("x16"),
            ["raps_penalty"] = RapsPenalty,
            ["raps_rank"] = RapsRank,
            ["saps_weight"] = SapsWeight,
            ["accept_rare_parts"] = AcceptRareParts,
        };

        // Files of older versions, which don't say, keep the plain rule that they were made by; so it is the other one that is said.
        if (!AllowEmptySets)
            saved["allow_empty_sets"] = false;

        return saved;
    }

    internal static ConformalOptions Load(JsonObject saved)
    {
        string seed = saved.Text("seed");
        var options = new ConformalOptions
        {
            Alpha = saved.Number("alpha"),
            Score = ValueOf<ConformalScore>(saved, "score"),
            Partition = ValueOf<ConformalPartition>(saved, "partition"),
            Guarantee = ValueOf<ConformalGuarantee>(saved, "guarantee"),
            GuaranteeReason = saved.Text("guarantee_reason"),
            Randomised = saved.Flag("randomised"),
            Seed = ulong.TryParse(seed, System.Globalization.NumberStyles.AllowHexSpecifier, null, out ulong number)
                ? number
                : throw new InvalidDataException($"The prediction sets' 'seed' is '{seed}', not a hexadecimal number."),
            RapsPenalty = saved.Number("raps_penalty"),
            RapsRank = saved.Integer("raps_rank"),
            SapsWeight = saved.Number("saps_weight"),
            AcceptRareParts = saved.Flag("accept_rare_parts"),
            AllowEmptySets = saved["allow_empty_sets"] is null || saved.Flag("allow_empty_sets"),
        };

        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The prediction sets' description is out of range: {error.Message}", error);
        }

        return options;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T ValueOf<T>(JsonObject saved, string name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (NameOf(value) == saved.Text(name))
                return value;
        }

        throw new InvalidDataException($"The prediction sets' '{name}' is '{saved.Text(name)}', which is unknown.");
    }
}
