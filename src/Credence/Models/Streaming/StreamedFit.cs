using Credence.Data;
using Credence.Linear.Minibatch;
using Credence.Models.Learning;

namespace Credence.Models.Streaming;

/// <summary>A classifier trained on streamed rows, with its test rows.</summary>
/// <param name="Fit">The classifier and its training; its path has one penalty, evaluated on the calibration rows.</param>
/// <param name="Passes">The results of every pass.</param>
/// <param name="Test">The test rows, which were used for nothing else; empty where none were requested.</param>
/// <param name="Unlabelled">The number of rows without a label, which were ignored.</param>
public sealed record StreamedFit(ClassifierFit Fit, IReadOnlyList<MinibatchPass> Passes, DataSet Test, long Unlabelled);
