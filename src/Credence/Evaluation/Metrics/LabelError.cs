namespace Credence.Evaluation.Metrics;

/// <summary>A calibration error of rows with one set of labels, the data's or drawn ones.</summary>
/// <param name="labels">What is right, and what the errors share.</param>
internal delegate double LabelError(in LabelledGaps labels);
