using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Shift;

namespace Credence.Models;

/// <summary>Rows' probabilities and prediction sets under the class prior that a <see cref="Predictor"/>'s options give or estimate; as
/// they were where they give none.</summary>
public sealed class RowsUnderPrior
{
    private readonly Probabilities stated;

    internal RowsUnderPrior(Probabilities probabilities, Probabilities stated, ConformalClassifier? sets, LabelShiftEstimate? shift)
    {
        Probabilities = probabilities;
        this.stated = stated;
        Sets = sets;
        Shift = shift;
    }

    /// <summary>[rows, classes], under the prior.</summary>
    public Probabilities Probabilities { get; }

    /// <summary>The prediction sets, reweighted by the prior; null where there are none.</summary>
    public ConformalClassifier? Sets { get; }

    /// <summary>The prior; null where none was given, or none is seen to differ from that of the calibration rows.</summary>
    public LabelShiftEstimate? Shift { get; }

    /// <summary>The set of a row; null where there are none. Under a prior a set that is not empty holds the most probable class.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rowKey">Its key, for a randomised score.</param>
    /// <param name="group">Its group, where the sets are by group; −1 for an unseen one.</param>
    public IReadOnlyList<int>? SetOf(int row, ulong rowKey, int group = -1)
    {
        IReadOnlyList<int>? set = Sets?.Set(stated.Row(row), rowKey, group);
        if (Shift is null || set is null or { Count: 0 })
            return set;

        int top = Predictor.MostProbable(Probabilities.Row(row), 1)[0];
        return set.Contains(top) ? set : [top, .. set];
    }

    /// <summary>The metrics of the sets; null where there are none.</summary>
    internal PredictionSetMetrics? SetMetrics(Labels labels, ulong[] rowKeys) =>
        Sets is null ? null
        : Shift is null ? PredictionSetMetrics.Compute(Sets, Probabilities, labels, rowKeys)
        : PredictionSetMetrics.Compute(
            [.. Enumerable.Range(0, labels.Count).Select(row => SetOf(row, rowKeys[row])!)], Probabilities, labels);
}
