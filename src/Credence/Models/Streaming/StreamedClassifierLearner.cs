using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Minibatch;
using Credence.Linear.Path;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Models.Streaming;

/// <summary>
/// Trains a calibrated classifier on rows that need not fit into memory: a first pass finds the classes, holds rows out and samples the
/// others for the
/// features; minibatch passes follow, then a last pass that evaluates J, and calibrator and prediction sets on held-out rows.
/// </summary>
public sealed class StreamedClassifierLearner
{
    private readonly StreamedClassifierOptions options;

    /// <summary>A learner with the given options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public StreamedClassifierLearner(StreamedClassifierOptions? options = null)
    {
        this.options = options ?? new StreamedClassifierOptions();
        this.options.Check();
    }

    /// <summary>Trains the classifier.</summary>
    /// <param name="stream">The rows; those without a label are ignored.</param>
    /// <param name="checkpoint">The checkpoint file: training resumes from it where it exists, and keeps it when done. Null saves
    /// none.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the work within a second; only the checkpoint remains.</param>
    /// <exception cref="InvalidDataException">The rows are unsuitable for training, or the checkpoint can't be read; the message says
    /// why.</exception>
    /// <exception cref="ArgumentException">The checkpoint is of other data or options.</exception>
    public StreamedFit Fit(
        IStreamedRows stream, string? checkpoint = null, IProgress<LearningProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ClassifierOptions making = options.Classifier;
        MinibatchState? resume = checkpoint is null ? null : CheckpointFile.Load(checkpoint);
        StreamedParts parts = StreamedParts.Read(stream, options, Stages.Reading(progress), cancellationToken);
        var notes = new List<string>();
        if (parts.Unlabelled > 0)
            notes.Add($"{parts.Unlabelled} rows have no label and are left out");

        if (parts.RepeatsNote is { } repeats)
            notes.Add(repeats);

        string[] warnings = [.. new[] { parts.OrderWarning }.OfType<string>(), .. LabelSpelling.Notes(parts.Classes, parts.ClassCounts)];
        foreach (string warning in warnings)
        {
            notes.Add(warning);
            progress?.Report(new LearningProgress("first pass", 1, null) { Note = warning });
        }

        IReadOnlyList<string> classes = Ordered(parts.Classes);
        FeaturePipeline pipeline =
            FeaturePipeline.Fit(parts.Sample.Features, parts.Sample.Labels, making.Features, Stages.Features(progress), cancellationToken);
        notes.AddRange(pipeline.LeftOut);
        var training = options.Training with
        {
            Lambda = making.Lambda
            ?? options.Training.Lambda,
            Seed = making.Seed,
            MaxThreads = making.MaxThreads
        };
        var features = new StreamedFeatures(stream, parts, pipeline,
            $"{parts.Fingerprint}, {parts.TrainRows} trained on, {pipeline.Columns} features, {classes.Count} classes", making.MaxThreads);
        DataSet calibration = parts.HeldOut[1];
        IFeatureMatrix heldOut = pipeline.Apply(calibration.Features, null, making.MaxThreads, cancellationToken);
        features.CheckFinite(heldOut, _ => "A row held out for calibration");
        if (resume is not null)
            notes.Add($"resumed from '{Path.GetFileName(checkpoint)}' after {resume.Pass} passes and {resume.Row} rows of training");

        MinibatchFit fit = new MinibatchSoftmaxRegression(training).Fit(
            features,
            new FeatureChunk(heldOut, calibration.Labels!.Indices.ToArray(), features.Scaled(calibration.Weights)),
            resume,
            checkpoint is null ? null : state => CheckpointFile.Save(state, checkpoint),
            Stages.Training(progress),
            cancellationToken);
        return Calibrated(parts, classes, pipeline, fit, heldOut, training.LambdaOf(parts.TrainRows), notes, progress, cancellationToken);
    }

    private StreamedFit Calibrated(
        StreamedParts parts, IReadOnlyList<string> classes, FeaturePipeline pipeline, MinibatchFit fit, IFeatureMatrix heldOut, double l2,
            List<string> notes,
        IProgress<LearningProgress>? progress, CancellationToken cancellationToken)
    {
        ClassifierOptions making = options.Classifier;
        bool swapped = !ReferenceEquals(classes, parts.Classes);
        SoftmaxModel model = swapped ? Swapped(fit.Model) : fit.Model;
        DataSet calibration = Matched(parts.HeldOut[1], classes), forSets = Matched(parts.HeldOut[2], classes);
        Labels labels = calibration.Labels!;
        Logits logits = model.Score(heldOut, making.MaxThreads, cancellationToken);
        CalibratorSelection? choice = making.Calibrate && labels.Counts().Count(count => count > 0) >= 2
            ? CalibratorSelection.Choose(logits, labels, calibration.Weights, making.Calibration with { MaxThreads = making.MaxThreads },
                Stages.Calibration(progress), cancellationToken)
            : null;
        ICalibrator calibrator = choice?.Calibrator ?? new IdentityCalibrator(labels.Classes);
        Probabilities held = choice?.CrossFitted(making.MaxThreads) ?? calibrator.Apply(logits, making.MaxThreads);
        ModelDecisions decisions = forSets.Rows == 0
            ? ClassifierLearner.Decide(making, logits, held, held, calibration, notes)
            : ClassifierLearner.DecideApart(making, pipeline, model, calibrator, held, forSets, notes, cancellationToken);
        int[] counts = swapped ? [parts.ClassCounts[1], parts.ClassCounts[0]] : parts.ClassCounts;
        var facts = new TrainingFacts
        {
            TrainRows = (int)parts.TrainRows,
            CalibrationRows = calibration.Rows,
            ClassCounts = counts,
            Seed = making.Seed,
            Lambda = l2,
        };
        return new StreamedFit(
            new ClassifierFit
            {
                Classifier = new Classifier(pipeline, model, calibrator, classes, facts)
                {
                    Decisions = decisions,
                    StoredRows = StoredRows.Draw(parts.Sample.Features, pipeline, making.StoreRows, making.Seed, cancellationToken),
                },
                Path = new RegularizationPathResult<SoftmaxModel>(model, l2, logits, [Point(l2, logits, labels)], 0,
                    [fit.Passes[^1].HeldOutLogLoss]),
                Calibration = choice,
                Notes = notes,
            },
            fit.Passes,
            Matched(parts.HeldOut[0], classes),
            parts.Unlabelled);
    }

    private static PathPoint Point(double l2, Logits logits, Labels labels)
    {
        double[] losses = [.. Enumerable.Range(0, logits.Rows)
            .Select(row => LogSumExp.Compute(logits.Row(row)) - logits.Row(row)[labels[row]])];
        double mean = losses.Average(), square = losses.Sum(loss => (loss - mean) * (loss - mean));
        return new PathPoint(l2, mean, losses.Length > 1 ? Math.Sqrt(square / (losses.Length - 1) / losses.Length) : double.NaN);
    }

    /// <summary>The classes with the positive one second.</summary>
    private IReadOnlyList<string> Ordered(IReadOnlyList<string> classes)
    {
        if (options.Positive is not { } positive)
            return classes;
        if (classes.Count != 2 || !classes.Contains(positive, StringComparer.Ordinal))
            throw new InvalidDataException($"'{positive}' can't be the positive label: it needs two labels, one of them '{positive}'; "
                + $"there are {classes.Count}: {string.Join(", ", classes.Take(10).Select(name => $"'{name}'"))}.");

        return classes[1] == positive ? classes : [classes[1], classes[0]];
    }

    private static SoftmaxModel Swapped(SoftmaxModel model)
    {
        float[] weights = model.Weights.ToArray();
        for (int j = 0; j < weights.Length; j += 2)
            (weights[j], weights[j + 1]) = (weights[j + 1], weights[j]);
        return new SoftmaxModel(weights, [model.Bias[1], model.Bias[0]], model.Certificate);
    }

    private static DataSet Matched(DataSet rows, IReadOnlyList<string> classes) =>
        rows with { Labels = LabelMatching.ToClasses(rows.Labels!, classes) };
}
