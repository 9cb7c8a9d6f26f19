using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Calibration.Selection;

/// <summary>One calibrator per group, and one of all rows for groups that were not seen or had too few rows.</summary>
public sealed class GroupCalibrator
{
    /// <summary>The minimum number of rows for a group's own calibrator.</summary>
    public const int LeastRows = 50;

    private readonly ICalibrator?[] own;

    private GroupCalibrator(ICalibrator pooled, string[] groupNames, ICalibrator?[] own)
    {
        Pooled = pooled;
        GroupNames = groupNames;
        this.own = own;
    }

    /// <summary>The calibrator of all rows together.</summary>
    public ICalibrator Pooled { get; }

    /// <summary>The groups' names.</summary>
    public IReadOnlyList<string> GroupNames { get; }

    /// <summary>The groups that had too few rows for a calibrator of their own, which get the pooled one.</summary>
    public IReadOnlyList<string> PooledGroups => [.. GroupNames.Where((_, group) => own[group] is null)];

    /// <summary>Fits one of the named method to all rows and one to each group of at least <see cref="LeastRows"/> rows.</summary>
    /// <param name="method">The method, see <see cref="CalibrationMethods"/>.</param>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="groups">n groups; a row without a group is used only for the pooled calibrator.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static GroupCalibrator Fit(
        CalibrationMethod method, Logits logits, Labels labels, Labels groups, int maxThreads = 0,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != labels.Count)
            throw new ArgumentException($"There are {labels.Count} rows and {groups.Count} groups; there must be as many.", nameof(groups));

        ICalibrator pooled = SeenClassesCalibrator.Fit(method, logits, labels, maxThreads, cancellationToken);
        var own = new ICalibrator?[groups.Classes];
        for (int group = 0; group < own.Length; group++)
        {
            int[] rows = Rows(groups.Indices, group);
            if (rows.Length >= LeastRows)
                own[group] = SeenClassesCalibrator.Fit(method, logits.Select(rows), labels.Select(rows), maxThreads, cancellationToken);
        }

        return new GroupCalibrator(pooled, [.. groups.Names], own);
    }

    /// <summary>Calibrated probabilities.</summary>
    /// <param name="logits">[rows, K].</param>
    /// <param name="groups">The name of each row's group; one that was not seen gets the pooled calibrator.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <returns>The probabilities, and how many rows got the pooled calibrator.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or the logits don't have K columns.</exception>
    public (Probabilities Probabilities, int PooledRows) Apply(Logits logits, IReadOnlyList<string?> groups, int maxThreads = 0)
    {
        if (groups.Count != logits.Rows)
            throw new ArgumentException($"There are {logits.Rows} rows and {groups.Count} groups; there must be as many.", nameof(groups));

        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int group = 0; group < own.Length; group++)
            index.TryAdd(GroupNames[group], group);

        int[] groupOf = [.. groups.Select(name =>
            name is not null && index.TryGetValue(name, out int group) && own[group] is not null ? group : -1)];
        var all = new double[logits.Rows * logits.Classes];
        for (int group = -1; group < own.Length; group++)
        {
            int[] rows = Rows(groupOf, group);
            if (rows.Length == 0)
                continue;

            Probabilities part = (group < 0 ? Pooled : own[group]!).Apply(logits.Select(rows), maxThreads);
            part.ScatterTo(rows, all);
        }

        return (new Probabilities(all, logits.Classes), groupOf.Count(group => group < 0));
    }

    /// <summary>Serializes it.</summary>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        var saved = new JsonArray();
        for (int group = 0; group < own.Length; group++)
            saved.Add((JsonNode)new JsonObject
            {
                ["name"] = GroupNames[group],
                ["calibrator"] = own[group]?.Save(tensors, $"{prefix}g{group}.")
            });

        return new JsonObject { ["pooled"] = Pooled.Save(tensors, prefix + "pooled."), ["groups"] = saved };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static GroupCalibrator Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        ICalibrator pooled = Calibrators.Load(saved.Object("pooled"), tensors, prefix + "pooled.");
        JsonObject[] groups = saved.Objects("groups");
        ICalibrator?[] own =
        [
            .. groups.Select((group, i) =>
                group.ObjectOrNull("calibrator") is { } calibrator ? Calibrators.Load(calibrator, tensors, $"{prefix}g{i}.") : null),
        ];
        return own.All(calibrator => calibrator is null || calibrator.Classes == pooled.Classes)
            ? new GroupCalibrator(pooled, [.. groups.Select(group => group.Text("name"))], own)
            : throw new InvalidDataException("The groups' calibrators are not all of the same number of classes.");
    }

    private static int[] Rows(ReadOnlySpan<int> groupOf, int group)
    {
        var rows = new List<int>();
        for (int row = 0; row < groupOf.Length; row++)
        {
            if (groupOf[row] == group)
                rows.Add(row);
        }

        return [.. rows];
    }
}
