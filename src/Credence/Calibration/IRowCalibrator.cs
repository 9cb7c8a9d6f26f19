using Credence.Data.Scores;

namespace Credence.Calibration;

/// <summary>A calibrator that maps each row independently, so that a block of rows can be calibrated while it is in the cache.</summary>
internal interface IRowCalibrator : ICalibrator
{
    /// <summary>Whether it maps rows independently; a composed calibrator depends on its inner one.</summary>
    bool TakesRows => true;

    /// <summary>Calibrates some rows, already checked (<see cref="CalibrationRows"/>).</summary>
    /// <param name="logits">[rows, <see cref="ICalibrator.Classes"/>].</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="probabilities">[to − from, classes]; gets the probabilities.</param>
    void Apply(Logits logits, int from, int to, Span<double> probabilities);
}
