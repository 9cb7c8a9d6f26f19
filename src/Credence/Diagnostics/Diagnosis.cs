using System.Globalization;
using Credence.Data;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Diagnostics;

/// <summary>A diagnosis of saved scores or of a model: findings, and what to do about them.</summary>
public sealed class Diagnosis
{
    private const int TooFewRows = 20, FewRows = 200, FewOfAClass = 10;

    private Diagnosis(string verdict, IReadOnlyList<Finding> findings)
    {
        Verdict = verdict;
        Findings = findings;
    }

    /// <summary>The conclusion in one sentence.</summary>
    public string Verdict { get; }

    /// <summary>The findings in reading order: what the scores are, how reliable they are, what to do.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether the scores are best left as they are, whatever calibrator was fitted: nothing was found that it would
    /// correct.</summary>
    public bool LeavesScores { get; private init; }

    /// <summary>Diagnoses scores by the result of calibrating them.</summary>
    /// <param name="fit">The calibration of the scores, measured on rows it was not fitted on.</param>
    /// <param name="nature">The inferred format of the scores; null where it was not inspected.</param>
    public static Diagnosis Diagnose(ScoreCalibrationFit fit, ScoreFormatReport? nature = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ModelEvaluation before = fit.Evaluation.Uncalibrated, after = fit.Evaluation.Calibrated;
        Labels labels = fit.Evaluation.Labels;
        var findings = new List<Finding>();
        if (nature is not null)
            findings.Add(new Finding(nature.IsSound ? Severity.Good : Severity.Problem, "what they are", nature.Text, nature.Advice));

        if (fit.Undoing is { } undoing)
            findings.Add(new Finding(Severity.Problem, "undone", undoing.Text, "Save them as they were before; the remedy undoes it."));

        AddRows(findings, labels);
        AddAbsent(findings, fit);
        AddAccuracy(findings, before, labels, fit.Undoing is not null);
        AddCertainty(findings, before, fit);
        AddImpossible(findings, before);
        string verdict = AddRemedy(findings, before, after, fit);
        if (fit.Evaluation.Sets is { } sets && fit.Calibrator.Sets is { } made)
        {
            findings.Add(new Finding(
                Severity.Note,
                "prediction sets",
                $"Sets that miss the true class for at most {Percent(made.Alpha)} of rows hold {sets.MeanSize:0.0#} classes on average; "
                    + $"{Percent(sets.Single)} of them hold one."));
        }

        return new Diagnosis(Hopeless(nature, labels) ?? verdict, findings)
        {
            LeavesScores = before.CalibrationTest is { IsMiscalibrated: false } && fit.Undoing is null,
        };
    }

    /// <summary>The verdict where calibration can't be judged.</summary>
    private static string? Hopeless(ScoreFormatReport? nature, Labels labels) =>
        ScoreCalibration.OneClassNote(labels) is { } only ? only
            : nature is { IsConstant: true } ? "These scores are the same for every row: they carry no information, and calibration can "
                + "only give them the class frequencies."
            : nature?.Form == ScoreFormat.Decisions ? "These are decisions, not probabilities: calibration can only give each decision "
                + "its accuracy."
            : null;

    /// <summary>Diagnoses a trained classifier by the facts in its file.</summary>
    public static Diagnosis Diagnose(Classifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        TrainingFacts facts = classifier.Facts;
        var findings = new List<Finding>
        {
            new(Severity.Note, "data",
                $"Trained on {facts.TrainRows:N0} rows of {classifier.Classes.Count} classes and evaluated on {facts.TestRows:N0} "
                + $"others: {facts.Data}."),
        };
        AddRareClasses(findings, classifier.Classes, facts.ClassCounts);
        double largest = facts.ClassCounts.Count == 0 ? double.NaN : (double)facts.ClassCounts.Max() / facts.ClassCounts.Sum();
        if (facts.TestMetrics.TryGetValue(MetricName.Accuracy, out double accuracy))
        {
            findings.Add(accuracy > largest
                ? new Finding(Severity.Good, "accuracy",
                    $"Accuracy {Percent(accuracy)} on held-out rows; always predicting the most frequent class gives {Percent(largest)}.")
                : new Finding(Severity.Problem, "accuracy",
                    $"Accuracy {Percent(accuracy)}, no more than always predicting the most frequent class ({Percent(largest)}).",
                    "Add columns that separate the classes."));
        }

        bool calibrated = classifier.Calibrator.Method != "none";
        if (facts.TestMetrics.TryGetValue(MetricName.Ece, out double ece)
            && facts.UncalibratedMetrics.TryGetValue(MetricName.Ece, out double raw))
        {
            findings.Add(new Finding(
                Severity.Note,
                "calibration",
                calibrated
                    ? $"Calibrated by {classifier.Calibrator.Method}: expected calibration error {raw:0.0000} before, {ece:0.0000} after."
                    : $"No method lowered the cross-validated log loss; the expected calibration error is {ece:0.0000}."));
        }

        if (classifier.Model.Certificate is { DualityGap: { } gap } certificate)
        {
            bool tight = gap <= 1e-4 * Math.Max(certificate.Objective, 1e-12);
            findings.Add(new Finding(
                tight ? Severity.Good : Severity.Note,
                "training",
                $"The objective is proven to be within {gap.ToString("0.0e-0", CultureInfo.InvariantCulture)} of its minimum, "
                    + $"{certificate.Objective:0.000000}.",
                tight ? null : "Train again with more passes for a tighter proof."));
        }

        if (classifier.Sets is { } sets)
            findings.Add(new Finding(Severity.Note, "prediction sets",
                $"Aim {Percent(1 - sets.Alpha)}, {sets.Guarantee.ToString().ToLowerInvariant()}: {sets.GuaranteeReason}."));

        bool problem = findings.Any(finding => finding.Weight == Severity.Problem);
        return new Diagnosis(
            problem ? "Do not rely on this model before the problem below is fixed."
                : "The file shows no problem with the model; 'credence evaluate MODEL DATA' evaluates it on new rows.",
            findings);
    }

    private static void AddRows(List<Finding> findings, Labels labels)
    {
        int n = labels.Count;
        findings.Add(n < FewRows
            ? new Finding(Severity.Note, "rows", $"{n} rows are few: every metric below has a wide interval, and a calibration error is "
                + "hard to distinguish from chance.", "Label more rows before deciding on a small difference.")
            : new Finding(Severity.Note, "rows", $"{n:N0} rows with labels, {labels.Classes} classes."));
        AddRareClasses(findings, labels.Names, labels.Counts());
    }

    /// <summary>A class that the scores expect among the rows and no label names.</summary>
    private static void AddAbsent(List<Finding> findings, ScoreCalibrationFit fit)
    {
        IReadOnlyList<int> counts = fit.Calibrator.Facts.ClassCounts;
        for (int k = 0; k < counts.Count; k++)
        {
            if (counts[k] == 0 && fit.ExpectedCounts[k] >= 1)
                findings.Add(new Finding(Severity.Note, "classes", $"The scores expect {fit.ExpectedCounts[k]:0} rows of "
                    + $"'{fit.Calibrator.Classes[k]}', and no row is labelled so.", "Nothing is learned of it: its probability stays as "
                    + "the scores give it. Check whether the rows to come are like these."));
        }
    }

    private static void AddRareClasses(List<Finding> findings, IReadOnlyList<string> names, IReadOnlyList<int> counts)
    {
        string[] absent = [.. names.Where((_, k) => k < counts.Count && counts[k] == 0)];
        string[] rare = [.. names.Where((_, k) => k < counts.Count && counts[k] is > 0 and < FewOfAClass)];
        if (absent.Length > 0)
            findings.Add(new Finding(Severity.Note, "classes", $"{Named(absent)} never {(absent.Length == 1 ? "occurs" : "occur")} as a "
                + $"label: {(absent.Length == 1 ? "its" : "their")} probabilities can't be evaluated.", "Collect rows of them, or treat "
                + "them as unknown."));

        if (rare.Length > 0)
            findings.Add(new Finding(Severity.Note, "classes", $"{Named(rare)} {(rare.Length == 1 ? "has" : "have")} fewer than "
                + $"{FewOfAClass} rows: per-class metrics are unreliable there."));
    }

    private static void AddAccuracy(List<Finding> findings, ModelEvaluation before, Labels labels, bool isUndone)
    {
        int[] counts = labels.Counts();
        int most = Array.IndexOf(counts, counts.Max());
        double share = (double)counts[most] / labels.Count;
        MetricResult accuracy = before[MetricName.Accuracy];
        string text = $"The most probable class is correct for {Percent(accuracy.Value)} of rows ({Percent(accuracy.Interval.Low)} to "
            + $"{Percent(accuracy.Interval.High)}); always predicting '{labels.Names[most]}' would be correct for {Percent(share)}.";
        MetricResult? ranking = before.Figures.FirstOrDefault(figure => figure.Name == MetricName.Auroc);
        findings.Add(accuracy switch
        {
            { Interval.Low: var low } when low > share => new Finding(Severity.Good, "accuracy", text),
            _ when ranking?.Interval.Low > 0.5 && labels.Count >= TooFewRows =>
                new Finding(Severity.Good, "accuracy", $"{text} Rows of a class do have higher scores for "
                + $"it than other rows: AUROC {ranking.Value.ToString("0.000", CultureInfo.InvariantCulture)}, where chance gives 0.5."),
            _ when isUndone => new Finding(Severity.Note, "accuracy", text),
            _ when Renamed(before.Confusion?.Counts, labels) is { } other => new Finding(Severity.Problem, "accuracy", $"{text} {other}",
                "Check the order of the columns and of the labels' numbers."),
            { Interval.High: var high } when labels.Count < FewRows && high >= share => new Finding(Severity.Note, "accuracy",
                $"{text} So few rows don't show whether the scores separate the classes."),
            _ => new Finding(Severity.Problem, "accuracy", text, "These scores do not separate the classes better than chance. Check that "
                + "the columns and the labels have the same class order."),
        });
    }

    /// <summary>Whether the columns seem to stand in another order than the classes: each first answer goes with one other class.</summary>
    private static string? Renamed(IReadOnlyList<int>? counts, Labels labels)
    {
        if (counts is null || labels.Classes < 3 || labels.Count < TooFewRows)
            return null;

        int classes = labels.Classes;
        int[] meant = [.. Enumerable.Range(0, classes).Select(top => Enumerable.Range(0, classes).MaxBy(k => counts[(k * classes) + top]))];
        int right = Enumerable.Range(0, classes).Sum(top => counts[(meant[top] * classes) + top]);
        return right >= 0.5 * labels.Count && meant.Distinct().Count() == classes
            ? $"Read in another order they would be correct for {Percent((double)right / labels.Count)}: where '{labels.Names[0]}' is the "
                + $"most probable, '{labels.Names[meant[0]]}' is mostly true."
            : null;
    }

    private static void AddCertainty(List<Finding> findings, ModelEvaluation before, ScoreCalibrationFit fit)
    {
        double confidence = 0, rows = 0, noise = 0;
        foreach (ReliabilityBin bin in before.Reliability)
        {
            if (bin.Count > 0)
            {
                confidence += bin.Count * bin.Confidence;
                noise += bin.Count * bin.Confidence * (1 - bin.Confidence);
                rows += bin.Count;
            }
        }

        double said = confidence / rows, right = before[MetricName.Accuracy].Value, chance = 1.96 * Math.Sqrt(noise) / rows;
        MetricResult ece = before[MetricName.Ece];
        string plain = $"the mean confidence is {Percent(said)} and the accuracy {Percent(right)}";
        string error = ece.Null is { } none
            ? $"The expected calibration error is {Figure(ece.Value)}; a calibrated model's stays at or below {Figure(none.P95)} in 95 % "
                + $"of samples at n = {before.Rows:N0}"
            : $"The expected calibration error is {Figure(ece.Value)}";
        findings.Add(before.CalibrationTest switch
        {
            { IsMiscalibrated: true } off => new Finding(
                Severity.Problem,
                "certainty",
                $"{(said - right > chance ? "Overconfident" : right - said > chance ? "Underconfident" : "Miscalibrated")}: {plain}. "
                    + $"{error}. The verdict: {off.Evidence}.",
                Advice(fit)),
            { } test => new Finding(
                before.Rows < FewRows ? Severity.Note : Severity.Good, "certainty", $"{Capital(plain)}. {error}. The verdict: {test}."),
            null => new Finding(Severity.Note, "certainty", $"{Capital(plain)}. {error}."),
        });
    }

    private static string Advice(ScoreCalibrationFit fit) => fit.Undoing is not null ? "Apply the remedy."
        : fit.Calibrator.Calibrator.Method == "none"
        ? "No calibrator helps on these rows; more labelled rows might."
        : $"Apply the calibrator ({fit.Calibrator.Calibrator.Method}).";

    private static void AddImpossible(List<Finding> findings, ModelEvaluation before)
    {
        if (before.ImpossibleRows > 0)
        {
            findings.Add(new Finding(
                Severity.Problem,
                "impossible",
                $"The true class of {before.ImpossibleRows:N0} rows was given probability 0: the log loss is infinite, and no evidence "
                    + "can correct a probability of 0.",
                "Save logits, or probabilities in double precision; the calibrator lifts zeros to a floor."));
        }
        else if (before.CertainMistakes > 0)
        {
            findings.Add(new Finding(
                Severity.Problem,
                "saturated",
                $"{before.CertainMistakes:N0} rows give a wrong class a probability of 1 to float precision: the model's confidence in "
                    + "them is lost.",
                "Save logits, or probabilities in double precision."));
        }
    }

    private static string AddRemedy(List<Finding> findings, ModelEvaluation before, ModelEvaluation after, ScoreCalibrationFit fit)
    {
        double was = before[MetricName.LogLoss].Value, now = after[MetricName.LogLoss].Value;
        string method = fit.Calibrator.Calibrator.Method;

        // One test decides, so that a calibrated model is told that it is off in at most one sample of twenty (bench/results, doctor).
        bool wasOff = before.CalibrationTest?.IsMiscalibrated == true, isOff = after.CalibrationTest?.IsMiscalibrated == true;
        if (fit.Undoing is { } undoing)
        {
            string then = method == "none" ? "this undone" : $"this undone and {method} applied";
            string left = isOff ? "some miscalibration remains" : "no miscalibration is detected";
            findings.Add(new Finding(Severity.Note, "remedy", $"With {then}, on rows it was not fitted on, the log loss falls from "
                + $"{Figure(was)} to {Figure(now)} and the accuracy moves from {Percent(before[MetricName.Accuracy].Value)} to "
                + $"{Percent(after[MetricName.Accuracy].Value)}; {left}."));
            return $"{undoing.Short}. Do not use them as they are; with {then}, {left}.";
        }

        // A calibrator after which nothing is detected is worth applying though the rows are too few to show its gain.
        bool helps = fit.Evaluation.LogLossGain.Low > 0 || (!isOff && now < was);
        if (method == "none" || !wasOff || !helps)
        {
            findings.Add(new Finding(Severity.Note, "remedy", method == "none"
                ? "No calibrator lowers the log loss on rows it was not fitted on."
                : $"{Capital(method)} moves the log loss from {Figure(was)} to {Figure(now)} on rows it was not fitted on"
                    + (wasOff ? ": no more than chance explains."
                        : ". The rows don't show that anything needs correcting, so the remedy leaves the scores as they are.")));
            return before.CalibrationTest is { IsImpossible: true } && wasOff
                ? $"What these probabilities rule out has happened: the true class of {Rows(before.ImpossibleRows)} had probability 0. Do "
                    + "not use them as they are."
                : wasOff
                ? "These probabilities are miscalibrated, and no calibrator clearly corrects them on these rows."
                : Undetected(before);
        }

        findings.Add(new Finding(
            Severity.Note,
            "remedy",
            $"{Capital(method)} lowers the log loss from {Figure(was)} to {Figure(now)} and the expected calibration error from "
                + $"{Figure(before[MetricName.Ece].Value)} to {Figure(after[MetricName.Ece].Value)}, "
            + $"on rows it was not fitted on{(isOff ? "; some error remains that no calibrator of this kind removes"
                : "; no miscalibration is detected after it")}."));
        return isOff
            ? $"Do not use these probabilities uncalibrated; {method} improves them, but some miscalibration remains."
            : $"Do not use these probabilities uncalibrated; after {method} no miscalibration is detected.";
    }

    /// <summary>What it means that the test finds nothing, which depends on the rows.</summary>
    private static string Undetected(ModelEvaluation before) => before switch
    {
        { CalibrationTest: null } => "Whether these probabilities are calibrated was not tested.",
        { Rows: < TooFewRows } => $"Nothing can be said of {Rows(before.Rows)}: calibrated and "
            + "miscalibrated probabilities look alike on so few. Label more rows.",
        { Rows: < FewRows } => $"No miscalibration was detected, but {before.Rows} rows show only a large one: the expected calibration "
            + $"error of a calibrated model can be {Figure(before[MetricName.Ece].Null?.P95 ?? double.NaN)} on them.",
        _ => "No miscalibration was detected: use these probabilities unchanged.",
    };

    private static string Rows(int count) => count == 1 ? "one row" : $"{count:N0} rows";

    private static string Named(string[] names) =>
        string.Join(", ", names.Take(5).Select(name => $"'{name}'")) + (names.Length > 5 ? $" and {names.Length - 5} more classes" : "");

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Figure(double value) =>
        double.IsFinite(value) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "infinite";

    // Never 0 % or 100 % unless it is.
    private static string Percent(double share) => share switch
    {
        _ when !double.IsFinite(share) => "an unknown share",
        > 0 and < 0.0005 => "less than 0.1 %",
        > 0.9995 and < 1 => "more than 99.9 %",
        _ => $"{(100 * share).ToString("0.0", CultureInfo.InvariantCulture)} %",
    };
}
