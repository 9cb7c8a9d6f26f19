using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Conformal;

/// <summary>Conformal prediction sets: for each row the classes that can't be ruled out, so that the set misses the true class for at most
/// a share α of rows like the calibration rows (split conformal prediction; Vovk, Gammerman and Shafer 2005).</summary>
/// <remarks>A class is in the set where its score is at most the quantile of rank ⌈(n+1)(1−α)⌉ of the calibration rows' scores.
/// Without a partition the set is a prefix of the classes by probability. The one assumption is that future rows and
/// calibration rows are exchangeable: drawn alike, in any order.</remarks>
public sealed class ConformalClassifier
{
    private readonly ConformalOptions options;
    private readonly CalibrationScores calibration;
    private readonly double[] quantiles;
    private readonly double[]? classWeights;
    private readonly KeptRows? kept;

    private ConformalClassifier(
        ConformalOptions options, CalibrationScores calibration, double[]? classWeights, KeptRows? kept = null)
    {
        this.kept = kept;
        this.options = options;
        this.calibration = calibration;
        this.classWeights = classWeights;
        quantiles = classWeights is null
            ? calibration.Quantiles(options.Partition, options.Alpha)
            : calibration.QuantilesForClassWeights(classWeights, options.Alpha);
    }

    /// <summary>The share of rows whose set may miss the true class.</summary>
    public double Alpha => options.Alpha;

    /// <summary>The nonconformity score.</summary>
    public ConformalScore Score => options.Score;

    /// <summary>The partition within which the coverage holds.</summary>
    public ConformalPartition Partition => options.Partition;

    /// <summary>Whether the coverage guarantee is exact or approximate.</summary>
    public ConformalGuarantee Guarantee => options.Guarantee;

    /// <summary>The reason for the guarantee, in words.</summary>
    public string GuaranteeReason => options.GuaranteeReason;

    /// <summary>Whether a set may be empty; otherwise it always holds the most probable class.</summary>
    public bool AllowsEmptySets => options.AllowEmptySets;

    /// <summary>n, the number of calibration rows.</summary>
    public int Rows => calibration.Rows;

    /// <summary>K.</summary>
    public int Classes => calibration.Classes;

    /// <summary>The groups' names, in the order of the index <see cref="Set(ReadOnlySpan{double}, ulong, int)"/> takes; empty without
    /// groups.</summary>
    public IReadOnlyList<string> GroupNames => calibration.GroupNames;

    /// <summary>The quantiles: one, or one per class or group; +∞ where nothing can be ruled out.</summary>
    public IReadOnlyList<double> Quantiles => quantiles;

    /// <summary>The weight of each true class, where the sets were reweighted for label shift; else null.</summary>
    public IReadOnlyList<double>? ClassWeights => classWeights;

    /// <summary>The distribution of the coverage over future rows, for all rows together or for each class or group; none under weights,
    /// where only the mean is known.</summary>
    public IReadOnlyList<CoverageLaw> Laws => classWeights is not null
        ? []
        : [.. calibration.PartRows(Partition).Select(rows => new CoverageLaw(rows, ConformalRank.Compute(rows, Alpha)))];

    /// <summary>Fits prediction sets, or returns the reason why that is impossible.</summary>
    /// <param name="probabilities">[n, K], of rows held out; rows whose label is missing are left out.</param>
    /// <param name="labels">Their true classes.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="rowKeys">One key per row (<see cref="RowKey"/>) for the randomiser; by the row's place where empty.</param>
    /// <param name="groups">The group of each row, for <see cref="ConformalPartition.Group"/>.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the scores are not probabilities or an option is out of range.</exception>
    public static Attempt<ConformalClassifier, ConformalRefusal> TryFit(
        Probabilities probabilities,
        Labels labels,
        ConformalOptions? options = null,
        ReadOnlySpan<ulong> rowKeys = default,
        Labels? groups = null)
    {
        options ??= new ConformalOptions();
        options.Check();
        options.CheckStatement();
        if (options.Partition == ConformalPartition.Group && groups is null)
            throw new ArgumentException("Sets by group need the group of each row.", nameof(groups));

        CalibrationScores scores = CalibrationScores.From(probabilities, labels, options, rowKeys, groups);
        return Make(options, scores, KeptRows.From(probabilities, labels, groups));
    }

    /// <summary>As <see cref="TryFit"/>, but throws where that refuses.</summary>
    /// <exception cref="ArgumentException">As there, or there are too few rows; the message says how many are needed.</exception>
    public static ConformalClassifier Fit(
        Probabilities probabilities,
        Labels labels,
        ConformalOptions? options = null,
        ReadOnlySpan<ulong> rowKeys = default,
        Labels? groups = null)
    {
        Attempt<ConformalClassifier, ConformalRefusal> fit = TryFit(probabilities, labels, options, rowKeys, groups);
        return fit.Required(refusal => new ArgumentException(refusal.Message, nameof(probabilities)));
    }

    /// <summary>The sets for another α, from the same calibration rows.</summary>
    /// <exception cref="ArgumentException"><paramref name="alpha"/> is outside its range.</exception>
    public Attempt<ConformalClassifier, ConformalRefusal> At(double alpha)
    {
        ConformalRank.CheckAlpha(alpha, nameof(alpha));
        ConformalOptions changed = options with { Alpha = alpha };
        return classWeights is null ? Make(changed, calibration, kept) : new(new ConformalClassifier(changed, calibration, classWeights));
    }

    /// <summary>The sets for future rows with other class priors: weight w_k = future prior ÷ prior of the
    /// calibration rows. Sets by class need no weights, since their coverage holds within every class whatever the priors.</summary>
    /// <param name="weights">K weights, 0 or more, not all 0.</param>
    /// <exception cref="ArgumentException">Their number or a value is wrong, or the sets are by class or group.</exception>
    public ConformalClassifier ForClassWeights(ReadOnlySpan<double> weights)
    {
        if (Partition != ConformalPartition.None)
            throw new ArgumentException(
                "Only sets without a partition are reweighted; the coverage of sets by class holds under any label shift.");

        CheckWeights(weights, nameof(weights));
        return new ConformalClassifier(options, calibration, weights.ToArray());
    }

    /// <summary>Whether <see cref="ForPrior"/> is possible: whether calibration rows were kept with all their probabilities, as files of
    /// older versions do not.</summary>
    public bool KeepsRows => kept is not null;

    /// <summary>The sets for future rows with other class priors, made from their reweighted probabilities: the calibration rows that were
    /// kept are scored anew by p_k·q_k/π_k, and the quantile weighs each by its class (A. Podkopaev, A. Ramdas 2021). Sets by class or
    /// group
    /// have their quantiles unweighted.</summary>
    /// <param name="probabilityWeights">q/π, by which the probabilities of a row are multiplied.</param>
    /// <param name="labelWeights">q over the classes' shares among the calibration rows' labels.</param>
    /// <exception cref="ArgumentException">No rows were kept, or as for <see cref="ForClassWeights"/>.</exception>
    public ConformalClassifier ForPrior(ReadOnlySpan<double> probabilityWeights, ReadOnlySpan<double> labelWeights)
    {
        if (kept is null)
            throw new ArgumentException("No calibration rows were kept, so the sets can't follow other class priors.");

        CheckWeights(probabilityWeights, nameof(probabilityWeights));
        CheckWeights(labelWeights, nameof(labelWeights));
        return new ConformalClassifier(
            options, kept.Reweighted(options, probabilityWeights), Partition == ConformalPartition.None ? labelWeights.ToArray() : null);
    }

    /// <summary>Whether a row's set depends on its key, as that of a randomised score does.</summary>
    public bool TakesKeys => options.TakesKeys;

    /// <summary>The set of a row, from the most probable class on, by a score that takes no key.</summary>
    /// <param name="probabilities">K probabilities.</param>
    /// <exception cref="ArgumentException">The row is not a row of K probabilities, or the score takes keys
    /// (<see cref="TakesKeys"/>).</exception>
    public IReadOnlyList<int> Set(ReadOnlySpan<double> probabilities) => TakesKeys
        ? throw new ArgumentException(
            $"Sets by {Score} are randomised, so each row needs a key: give one, such as {nameof(RowKey)}.{nameof(RowKey.Of)} of its "
            + "scores.")
        : Set(probabilities, 0);

    /// <summary>The set of a row, from the most probable class on.</summary>
    /// <param name="probabilities">K probabilities.</param>
    /// <param name="rowKey">The row's key, <see cref="RowKey"/>: the same key and probabilities always give the same set.</param>
    /// <param name="group">The row's group, as an index into <see cref="GroupNames"/>; an unknown group, −1, gets every class, since
    /// no score of the group can rule one out.</param>
    /// <exception cref="ArgumentException">The row is not a row of K probabilities, or the group's index is out of range.</exception>
    public IReadOnlyList<int> Set(ReadOnlySpan<double> probabilities, ulong rowKey, int group = -1)
    {
        CheckRow(probabilities, group);
        var scoring = new NonconformityScores(options, Classes);
        return Members(probabilities, rowKey, group, scoring, new double[Classes]);
    }

    /// <summary>The sets of many rows.</summary>
    /// <param name="probabilities">[rows, K].</param>
    /// <param name="rowKeys">One key per row; may be left out where the score takes none (<see cref="TakesKeys"/>).</param>
    /// <param name="groups">One group per row, where sets are by group.</param>
    /// <exception cref="ArgumentException">As for one row.</exception>
    public IReadOnlyList<int>[] Sets(
        Probabilities probabilities, ReadOnlySpan<ulong> rowKeys = default, ReadOnlySpan<int> groups = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        RowKey.Check(rowKeys, probabilities.Rows, TakesKeys);

        CheckClasses(probabilities.Classes);
        ScoreCheck.Rows(probabilities, nameof(probabilities));
        (ulong[] keys, int[] ofGroups) = (rowKeys.ToArray(), groups.ToArray());
        var sets = new IReadOnlyList<int>[probabilities.Rows];
        NonconformityScores.ForRows(options, sets.Length, Classes, (row, scoring, scores) =>
        {
            int group = ofGroups.Length == 0 ? -1 : ofGroups[row];
            CheckGroup(group);
            sets[row] = Members(probabilities.Row(row), keys.Length == 0 ? 0 : keys[row], group, scoring, scores);
        });
        return sets;
    }

    /// <summary>Each class's conformal p-value: the probability, if the class is the true one, of a score at least as large. The set at
    /// any α is the classes with p-value above α.</summary>
    /// <param name="probabilities">K probabilities.</param>
    /// <param name="rowKey">The row's key.</param>
    /// <param name="pValues">K numbers in (0, 1], written.</param>
    /// <param name="group">The row's group.</param>
    /// <exception cref="ArgumentException">The row is not a row of K probabilities, or the sets were reweighted.</exception>
    public void PValues(ReadOnlySpan<double> probabilities, ulong rowKey, Span<double> pValues, int group = -1)
    {
        CheckRow(probabilities, group);
        if (classWeights is not null)
            throw new ArgumentException("Sets reweighted for label shift have no p-values of this kind.");

        var scores = new double[Classes];
        new NonconformityScores(options, Classes).Compute(probabilities, rowKey, scores);
        for (int k = 0; k < Classes; k++)
        {
            pValues[k] = Partition == ConformalPartition.Group && group < 0
                ? 1
                : calibration.PValue(scores[k], Partition, Partition == ConformalPartition.Class ? k : group);
        }
    }

    /// <summary>Serializes it, and its calibration scores as tensors.</summary>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        JsonObject saved = options.Save();
        if (classWeights is not null)
            saved["class_weights"] = classWeights.ToJson();

        calibration.Save(saved, tensors, prefix);
        kept?.Save(saved, tensors, prefix);
        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static ConformalClassifier Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        ConformalOptions options = ConformalOptions.Load(saved);
        CalibrationScores calibration = CalibrationScores.Load(saved, tensors, prefix);
        if (options.Partition == ConformalPartition.Group && calibration.GroupNames.Count == 0)
            throw new InvalidDataException("The prediction sets are by group, but the file names no groups.");

        if (!options.AllowEmptySets && calibration.Least < 0)
            throw new InvalidDataException("The prediction sets are said never to be empty, but a score is below 0.");

        KeptRows? kept = KeptRows.Load(saved, tensors, prefix, calibration.ClassNames, calibration.GroupNames);
        if (saved["class_weights"] is null)
            return Make(options, calibration, kept).Required(refusal => new InvalidDataException(refusal.Message));

        double[] weights = saved.Numbers("class_weights");
        if (weights.Length != calibration.Classes || weights.Any(weight => weight < 0) || weights.Sum() <= 0
            || options.Partition != ConformalPartition.None)
            throw new InvalidDataException("The prediction sets' 'class_weights' must be one per class, 0 or more and not all 0.");

        return new ConformalClassifier(options, calibration, weights);
    }

    private static Attempt<ConformalClassifier, ConformalRefusal> Make(
        ConformalOptions options, CalibrationScores calibration, KeptRows? kept)
    {
        int needed = ConformalRank.RowsNeeded(options.Alpha);
        int[] rows = calibration.PartRows(options.Partition);
        bool any = false;
        int least = 0;
        for (int part = 0; part < rows.Length; part++)
        {
            any |= rows[part] >= needed;
            if (rows[part] < rows[least])
                least = part;
        }

        if (!any || (rows[least] < needed && !options.AcceptRareParts))
        {
            string? part = options.Partition == ConformalPartition.None || rows.Length == 0 ? null
                : calibration.Parts(options.Partition)[least];
            return new(ConformalRefusal.For(options.Alpha, rows.Length == 0 ? 0 : rows[least], part));
        }

        return new(new ConformalClassifier(options, calibration, null, kept));
    }

    private int[] Members(ReadOnlySpan<double> probabilities, ulong rowKey, int group, NonconformityScores scoring, double[] scores)
    {
        scoring.Compute(probabilities, rowKey, scores);
        var members = new List<int>();
        var negated = new List<double>();
        bool isOne = Partition != ConformalPartition.Class && classWeights is null;
        double one = isOne ? Quantile(0, group) : 0;
        for (int k = 0; k < scores.Length; k++)
        {
            if (scores[k] <= (isOne ? one : Quantile(k, group)))
            {
                members.Add(k);
                negated.Add(-probabilities[k]);
            }
        }

        int[] set = [.. members];
        DescendingOrder.Sort([.. negated], set);
        return set;
    }

    private void CheckWeights(ReadOnlySpan<double> weights, string name)
    {
        if (weights.Length != Classes)
            throw new ArgumentException($"There are {weights.Length} weights for {Classes} classes.", name);

        double sum = 0;
        foreach (double weight in weights)
            sum += weight >= 0 && double.IsFinite(weight) ? weight : double.NaN;

        if (!(sum > 0))
            throw new ArgumentException("Class weights must be finite, 0 or more, and not all 0.", name);
    }

    private double Quantile(int k, int group) => Partition switch
    {
        ConformalPartition.Class => quantiles[k],
        ConformalPartition.Group => group < 0 ? double.PositiveInfinity : quantiles[group],
        _ => quantiles[classWeights is null ? 0 : k],
    };

    private void CheckRow(ReadOnlySpan<double> probabilities, int group)
    {
        CheckClasses(probabilities.Length);
        CheckGroup(group);
        ScoreCheck.Row(probabilities, -1, nameof(probabilities));
    }

    private void CheckClasses(int classes)
    {
        if (classes != Classes)
            throw new ArgumentException($"A row of probabilities has length {classes}, needs {Classes}.", nameof(classes));
    }

    private void CheckGroup(int group)
    {
        if (group < -1 || group >= Math.Max(1, GroupNames.Count))
            throw new ArgumentException($"'{nameof(group)}' is {group}; there are {GroupNames.Count} groups.", nameof(group));
    }
}
