using System.CommandLine;
using System.Text.Json.Nodes;
using Credence.Boosting;
using Credence.Calibration;
using Credence.Cli.Commands.Train;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Conformal;
using Credence.Features;
using Credence.Linear;
using Credence.LogitModels;
using Credence.Networks;
using Credence.Networks.Layers;
using Credence.Models;
using Credence.Models.Files;
using Credence.Onnx.Reading;
using Credence.Optimization;
using Credence.Persistence;
using Credence.Report.Formatting;
using Credence.Report.Outcomes;
using Credence.Workflows;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Credence.Cli.Commands;

/// <summary><c>credence inspect MODEL</c>: the content of the file.</summary>
internal static class InspectCommand
{
    private const int MostInputs = 20;
    private static readonly Argument<string> Model = new("model") { Description = "A model file." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("inspect", "Show what a model file contains: data, model, certificate, calibration, metrics.") { Model };
        command.SetAction((parsed, cancellationToken) =>
        {
            var invocation = new Invocation(parsed, cancellationToken);
            string path = invocation.Get(Model)!;
            if (OnnxClassifier.IsNamed(path))
            {
                OnnxContents.Write(invocation, OnnxClassifier.Read(path));
                return Task.FromResult(ExitCodes.Done);
            }

            ISavedModel model = ModelFile.Open(path);
            if (invocation.Json)
            {
                JsonObject json = model is ScoreCalibrator calibrator ? CalibratorContents.Json(calibrator) : Json(Parts.Of(model));
                invocation.Out.WriteLine(json.ToJsonString(JsonText.Options));
            }
            else if (model is ScoreCalibrator ofScores)
            {
                CalibratorContents.Show(ofScores, Screen.Create(invocation.Out, invocation.OutIsTerminal));
            }
            else
            {
                Show(Parts.Of(model), Screen.Create(invocation.Out, invocation.OutIsTerminal));
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <summary>The first of some names.</summary>
    public static string First(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostInputs)) + (names.Count > MostInputs ? $" and {names.Count - MostInputs} more" : "");

    /// <summary>The prediction sets in a sentence.</summary>
    public static string Sets(ConformalClassifier sets) =>
        $"{SetScores.NameOf(sets.Score)}, target {NumberText.Percent(1 - sets.Alpha)}, {sets.Guarantee.ToString().ToLowerInvariant()}: "
            + $"{sets.GuaranteeReason}; {NumberText.Count(sets.Rows, "row")}";

    private static JsonObject Json(Parts classifier) => new()
    {
        ["format"] = ModelFile.FormatVersion,
        ["task"] = classifier.Several is null ? "classification" : "multi-label classification",
        ["model"] = classifier.Model.Kind,
        ["classes"] = classifier.Classes.ToJson(),
        ["features"] = classifier.Model.Features,
        ["nonzero_weights"] = classifier.Model is ILinearModel linear ? TrainingJson.Nonzero(linear) : null,
        ["trees"] = Trees(classifier.Model) is { } trees ? new JsonObject
        {
            ["rounds"] = trees.Rounds,
            ["trees"] = trees.Trees,
            ["leaves"] = trees.Leaves,
            ["depth"] = trees.Depth,
            ["bins"] = trees.Bins,
        } : null,
        ["network"] = NetworkOf(classifier.Model) is { } network ? new JsonObject
        {
            ["parameters"] = network.Parameters,
            ["layers"] = new JsonArray([.. network.Network.Describe().Select(layer => new JsonObject
            {
                ["layer"] = layer.Layer,
                ["output"] = layer.Output.ToString(),
                ["parameters"] = layer.Parameters,
            })]),
        } : null,
        ["blend"] = classifier.Model is BlendModel blend
            ? new JsonArray([.. blend.Models.Zip(blend.Weights, (model, weight) => new JsonObject
            {
                ["model"] = model.Kind,
                ["weight"] = weight,
            })])
            : null,
        ["inputs"] = new JsonArray([.. classifier.Pipeline.Inputs.Select(input => new JsonObject
        {
            ["name"] = input.Name,
            ["kind"] = input.Kind.ToString().ToLowerInvariant(),
            ["shape"] = input.Shape.ToJson(),
        })]),
        ["facts"] = classifier.Facts.Save(),
        ["calibration"] = CalibrationJson.Of(classifier.Calibrator, null),
        ["thresholds"] = classifier.Several is { } several ? MultiLabelJson.Thresholds(several) : null,
        ["conformal"] = SetResult.Of(classifier.One?.Sets, null, 0) is { } sets ? SetOutput.ToJson(sets) : null,
        ["policy"] = classifier.One?.Policy is { } policy ? PolicyJson.Of(new PolicyResult(policy, null, null)) : null,
        ["outliers"] = classifier.One?.Outliers?.Scorer is { } scorer ? OutlierScoreNames.NameOf(scorer) : null,
        ["stored_rows"] = classifier.Stored is { } stored ? new JsonObject
        {
            ["rows"] = stored.Count,
            ["columns"] = stored.Columns.ToJson(),
            ["never_missing"] = stored.NeverMissing.ToJson(),
        } : null,
        ["certificate"] = TrainingJson.Certificate(classifier.Model.Certificate),
    };

    private static void Show(Parts classifier, Display screen)
    {
        TrainingFacts facts = classifier.Facts;
        Table table = Screen.Table("", "");
        table.HideHeaders();
        table.AddPlain("model",
            $"{classifier.Model.Kind}{(classifier.Model is ILinearModel ? " regression" : "")}, "
            + $"{NumberText.Count(classifier.Model.Features, "feature")}, "
            + $"{NumberText.Count(classifier.Classes.Count, "class", "classes")}");
        table.AddPlain("data", facts.Data);
        table.AddPlain("SHA-256", facts.DataFingerprint);
        table.AddPlain("rows",
            $"{NumberText.Count(facts.TrainRows)} for training, {NumberText.Count(facts.TestRows)} for evaluation; seed {facts.Seed}");
        table.AddPlain("reads",
            string.Join(", ", classifier.Pipeline.Inputs.Take(MostInputs)
            .Select(input => $"{input.Name} ({input.Kind.ToString().ToLowerInvariant()})"))
            + (classifier.Pipeline.Inputs.Count > MostInputs ? $" and {classifier.Pipeline.Inputs.Count - MostInputs} more" : ""));
        table.AddPlain("classes", First(classifier.Classes));
        if (classifier.Model is BlendModel blend)
            table.AddPlain("blend", string.Join(
                " + ", blend.Models.Zip(blend.Weights, (model, weight) => $"{weight:0.000} × {model.Kind}")));

        if (Trees(classifier.Model) is { } trees)
        {
            table.AddPlain("trees", $"{NumberText.Count(trees.Rounds, "round")}, {NumberText.Count(trees.Trees, "tree")}, "
                + $"{NumberText.Count(trees.Leaves, "leaf", "leaves")}, depth {trees.Depth}, up to {trees.Bins} bins a column");
        }

        if (NetworkOf(classifier.Model) is { } network)
        {
            table.AddPlain("network", $"{NumberText.Count(network.Parameters, "parameter")}; input {network.Network.Input}");
            foreach ((string layer, LayerShape output, int parameters) in network.Network.Describe())
                table.AddPlain("", $"{layer} → {output}" + (parameters > 0 ? $"; {NumberText.Count(parameters, "parameter")}" : ""));
        }

        AddTraining(table, classifier);
        table.AddPlain("calibration", TrainingScreen.Calibration(classifier.Calibrator));
        if (classifier.Several is { } several)
            table.AddPlain("thresholds", MultiLabelScreen.Thresholds(several));

        if (classifier.One?.Sets is { } sets)
            table.AddPlain("sets", Sets(sets));

        table.AddPlain("holds rows", Stored(classifier.Stored));
        if (classifier.One?.Policy is { } policy)
            table.AddPlain("policy", PolicyText.Sentence(new PolicyResult(policy, null, null)));

        if (classifier.One?.Outliers?.Scorer is { } scorer)
            table.AddPlain("outliers",
                $"{OutlierScoreNames.NameOf(scorer)}, against {NumberText.Count(classifier.One.Outliers.Rows, "row")}");

        foreach ((string name, double value) in facts.TestMetrics)
            table.AddPlain(name, NumberText.Figure(value));

        screen.Write(table);
    }

    /// <summary>What the file holds of its training rows, since whoever has the file has them.</summary>
    private static string Stored(StoredRows? stored) => stored is null
        ? "none (a model of an older version): a cell that never missed in training counts as a typical one where it is missing"
        : stored.Count > 0
            ? $"{NumberText.Count(stored.Count, "training row")}, their features of "
                + string.Join(", ", stored.Columns.Take(MostInputs))
                + (stored.Columns.Count > MostInputs ? $" and {stored.Columns.Count - MostInputs} more" : "")
                + ", to average over where a cell is missing; --no-stored-rows leaves them out"
            : stored.NeverMissing.Count > 0 ? "none; a row abstains where a cell is missing that never missed in training" : "none";

    /// <summary>The network of a model, or of the part of a blend that is one.</summary>
    private static NetworkModel? NetworkOf(ILogitModel model) =>
        model as NetworkModel ?? (model as BlendModel)?.Models.OfType<NetworkModel>().FirstOrDefault();

    /// <summary>The trees of a model, or of the part of a blend that has some.</summary>
    private static TreeModel? Trees(ILogitModel model) =>
        model as TreeModel ?? (model as BlendModel)?.Models.OfType<TreeModel>().FirstOrDefault();

    /// <summary>The penalty and the certificate of a linear model.</summary>
    private static void AddTraining(Table table, Parts classifier)
    {
        if (classifier.Model is not ILinearModel { Certificate: { } certificate } model)
            return;

        TrainingFacts facts = classifier.Facts;
        bool streamed = certificate.StopReason == StopReason.PassesDone;
        table.AddPlain("penalty", $"λ = {NumberText.Figure(facts.Lambda)}, {(streamed ? "1/rows" : "chosen by cross-validation")}"
            + (facts.L1Ratio == 0 ? "" :
            $"; {NumberText.Percent(facts.L1Ratio)} of it L1, {NumberText.Count(TrainingJson.Nonzero(model))} of "
                + $"{NumberText.Count(model.Weights.Length)} nonzero weights"));
        table.AddPlain("certificate", $"J = {certificate.Objective:0.00000000}"
            + (certificate.DualityGap is { } gap ? $", at most {gap:0.0e-0} above the minimum" : streamed
                ? $", ‖∇J‖ = {certificate.GradientNorm:0.0e-0}, no bound: streamed training" : ", no bound without a penalty")
            + $"; {certificate.Solver}, {NumberText.Count(certificate.Passes, "pass", "passes")}, {certificate.StopReason}");
    }

    /// <summary>The parts that both kinds of classifier have.</summary>
    private sealed record Parts(
        FeaturePipeline Pipeline, ILogitModel Model, ICalibrator Calibrator, IReadOnlyList<string> Classes, TrainingFacts Facts,
            Classifier? One, MultiLabelClassifier? Several)
    {
        public StoredRows? Stored => One?.StoredRows ?? Several?.StoredRows;

        public static Parts Of(ISavedModel model) => model switch
        {
            MultiLabelClassifier several =>
                new(several.Pipeline, several.Model, several.Calibrator, several.Classes, several.Facts, null, several),
            Classifier one => new(one.Pipeline, one.Model, one.Calibrator, one.Classes, one.Facts, one, null),
            _ => throw new InvalidOperationException($"{model.GetType().Name} is no classifier."),
        };
    }
}
