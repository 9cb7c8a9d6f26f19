using Credence.Data;
using Credence.Linear.Minibatch;
using Credence.Models.Learning;

namespace Credence.Models.Streaming;

/// <summary>A classifier made of streamed rows, with what was held out of its making.</summary>
/// <param name="Fit">The classifier and how it was made; its path is the one penalty, measured on the rows to calibrate on.</param>
/// <param name="Passes">What every pass gave.</param>
/// <param name="Test">Rows that had no part in anything, to measure on; none where none were asked for.</param>
/// <param name="Unlabelled">Rows without a label, which were left out.</param>
public sealed record StreamedFit(ClassifierFit Fit, IReadOnlyList<MinibatchPass> Passes, DataSet Test, long Unlabelled);
