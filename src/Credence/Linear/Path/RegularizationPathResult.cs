using Credence.Data.Scores;

namespace Credence.Linear.Path;

/// <summary>The result of a path: the chosen penalty, the model trained with it on all rows, and out-of-fold scores of every row.</summary>
/// <param name="Model">The model, trained on all rows at <paramref name="Lambda"/>.</param>
/// <param name="Lambda">The chosen λ.</param>
/// <param name="OutOfFold">[rows, classes]: out-of-fold logits of each row at the chosen λ.</param>
/// <param name="Curve">The result of every λ that was tried with the chosen features, from strong to weak.</param>
/// <param name="Features">The index of the chosen feature set.</param>
/// <param name="Losses">The lowest held-out log loss of each feature set, in nats.</param>
public sealed record RegularizationPathResult<TModel>(
    TModel Model, double Lambda, Logits OutOfFold, IReadOnlyList<PathPoint> Curve, int Features, IReadOnlyList<double> Losses)
    where TModel : class
{
    /// <summary>The same result with the typed model.</summary>
    internal RegularizationPathResult<TOther> With<TOther>(TOther model)
        where TOther : class => new(model, Lambda, OutOfFold, Curve, Features, Losses);
}
