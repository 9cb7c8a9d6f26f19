namespace Credence.Calibration.Selection;

/// <summary>A method that took part in a selection.</summary>
/// <param name="Method">Its name.</param>
/// <param name="LogLoss">Its cross-validated mean log loss; +∞ where it gave a true class probability 0.</param>
/// <param name="StandardError">The standard error of that mean.</param>
/// <param name="Gain">The reduction of the loss against no calibration; negative where the loss is higher.</param>
/// <param name="GainStandardError">The standard error of the gain, row by row on the same rows.</param>
/// <param name="Remark">Why it was selected, or why not.</param>
public sealed record CalibratorCandidate(
    string Method, double LogLoss, double StandardError, double Gain, double GainStandardError, string Remark);
