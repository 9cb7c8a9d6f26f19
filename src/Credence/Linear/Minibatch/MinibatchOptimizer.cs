namespace Credence.Linear.Minibatch;

/// <summary>The optimizer of minibatch training.</summary>
public enum MinibatchOptimizer
{
    /// <summary>Adam with decoupled weight decay: a step size per weight.</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with Nesterov's momentum.</summary>
    Sgd,
}
