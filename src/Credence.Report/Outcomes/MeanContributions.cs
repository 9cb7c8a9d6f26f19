using Credence.Boosting;
using Credence.Data;
using Credence.LogitModels;
using Credence.Models;

namespace Credence.Report.Outcomes;

/// <summary>The strongest columns of trees and of blends, by the mean absolute contribution to the log-odds.</summary>
internal static class MeanContributions
{
    private const int MostRows = 100, MostColumns = 12;

    /// <summary>The columns, the strongest first; none where the model has no trees.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="rows">Rows to average over; of more than 100, every so many.</param>
    public static IReadOnlyList<(string Name, double Weight)> Of(Classifier classifier, Table rows)
    {
        if (classifier.Model is not (TreeModel or BlendModel) || rows.Rows == 0)
            return [];

        int step = Math.Max(1, rows.Rows / MostRows), taken = 0;
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int row = 0; row < rows.Rows && taken < MostRows; row += step, taken++)
        {
            foreach ((string column, double logOdds) in Explanation.Compute(classifier, rows.Select([row])).Columns)
                sums[column] = sums.GetValueOrDefault(column) + Math.Abs(logOdds);
        }

        return [.. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key, StringComparer.Ordinal).Take(MostColumns)
            .Select(sum => (sum.Key, sum.Value / taken))];
    }
}
