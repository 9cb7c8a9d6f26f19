using Credence.Data.Scores;

namespace Credence.Calibration;

/// <summary>A calibrator that takes each row by itself, so that a few rows can be calibrated while they are in the cache.</summary>
internal interface IRowCalibrator : ICalibrator
{
    /// <summary>Whether it does: one that is built on another asks that.</summary>
    bool TakesRows => true;

    /// <summary>Calibrates some rows, which are known to be sound (<see cref="CalibrationRows"/>).</summary>
    /// <param name="logits">[rows, <see cref="ICalibrator.Classes"/>].</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="probabilities">[to − from, classes]; gets the probabilities.</param>
    void Apply(Logits logits, int from, int to, Span<double> probabilities);
}
