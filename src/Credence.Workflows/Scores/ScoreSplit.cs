using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Files.Scores;

namespace Credence.Workflows.Scores;

/// <summary>The split of saved scores into rows to fit on and rows to evaluate on, by a column of parts or of times.</summary>
internal static class ScoreSplit
{
    /// <summary>The split; null where no column gives one.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="testFraction">The share of the latest rows to evaluate on.</param>
    /// <exception cref="WorkflowOptionException">Both columns are given.</exception>
    /// <exception cref="InvalidDataException">A part has another name, a part is empty, or all times are the same.</exception>
    public static Split? Of(SavedScores scores, double testFraction)
    {
        if (scores.Parts is null && scores.Times is null)
            return null;

        if (scores.Parts is not null && scores.Times is not null)
            throw new WorkflowOptionException("A column of parts and a column of times both split the rows; give one.");

        // Which rows repeat which does not matter here, so the rows stand for themselves.
        var data = new DataSet(
            new Table([new NumberColumn("row", [.. Enumerable.Range(0, scores.Rows).Select(row => (double)row)])]), scores.Labels);
        return scores.Parts is { } parts
            ? Split.ByColumn(data, CategoryColumn.FromNames("split", parts))
            : Split.ByTime(data, new NumberColumn("time", scores.Times!), testFraction);
    }
}
