namespace Credence.Evaluation.Metrics;

/// <summary>The calibration errors of one set of labels.</summary>
internal readonly record struct CalibrationErrors(
    double Ece,
    double EceEqualMass,
    double ClasswiseEce,
    double L2DebiasedSquared,
    double SmoothEce,
    double Ks,
    double Mce,
    double CorpMiscalibration);
