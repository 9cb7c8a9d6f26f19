using Credence.Data;
using Credence.Features.Matrices;

namespace Credence.Features;

/// <summary>Text features with supervised term weights of several strengths. A fold's weights never use its rows' labels.</summary>
internal sealed class SupervisedTermWeighting
{
    private readonly FeaturePipeline pipeline;
    private readonly IFeatureMatrix features;
    private readonly Labels labels;
    private readonly double[] powers;

    /// <summary>Prepares the weightings.</summary>
    /// <param name="pipeline">The pipeline that made the features, without weights.</param>
    /// <param name="features">The training rows' features.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="folds">Their folds.</param>
    /// <param name="powers">The powers to try, the likeliest best first; ignored where there is no text.</param>
    public SupervisedTermWeighting(
        FeaturePipeline pipeline, IFeatureMatrix features, Labels labels, int[] folds, IReadOnlyList<double> powers)
    {
        this.pipeline = pipeline;
        this.features = features;
        this.labels = labels;
        this.powers = pipeline.CanWeigh ? [.. powers] : [0];
        Choices = [.. this.powers.Select(power => power == 0
            ? FeatureChoice.Of(features)
            : new FeatureChoice($"weighed by what features tell of the label, to the power {power}", fold =>
                pipeline.Weigh(features, labels, row => folds[row] != fold, power).Apply(features)))];
    }

    /// <summary>The features under each weighting.</summary>
    public IReadOnlyList<FeatureChoice> Choices { get; }

    /// <summary>The pipeline with one of the weightings.</summary>
    public FeaturePipeline Weighed(int choice) =>
        powers[choice] == 0 ? pipeline : pipeline.With(pipeline.Weigh(features, labels, _ => true, powers[choice]));
}
