namespace Credence.Numerics;

/// <summary>A function between a network's layers.</summary>
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x·Φ(x) in its form with the hyperbolic tangent (D. Hendrycks, K. Gimpel, Gaussian Error Linear Units, 2016).</summary>
    Gelu,

    /// <summary>x·σ(x) (S. Elfwing, E. Uchibe, K. Doya, Sigmoid-weighted linear units, 2017).</summary>
    Silu,

    /// <summary>λx above 0, λα(e^x − 1) below (G. Klambauer and others, Self-Normalizing Neural Networks, 2017).</summary>
    Selu,

    /// <summary>x·tanh(ln(1 + e^x)) (D. Misra, Mish, 2019).</summary>
    Mish,
}
