using System.Diagnostics.CodeAnalysis;

namespace Credence.Data;

/// <summary>What an attempt gave where failing is an answer and no error: a value, or the reason why there is none. Immutable.</summary>
/// <typeparam name="TValue">What was attempted.</typeparam>
/// <typeparam name="TRefusal">Why there is none: words, or a record of what is lacking.</typeparam>
public sealed class Attempt<TValue, TRefusal>
    where TValue : class
    where TRefusal : class
{
    /// <summary>One that gave a value.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Attempt(TValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>One that was refused.</summary>
    /// <param name="refusal">The reason.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Attempt(TRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        Refusal = refusal;
    }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool HasValue => Value is not null;

    /// <summary>The value, or null where it was refused.</summary>
    public TValue? Value { get; }

    /// <summary>Why there is none, or null where there is one.</summary>
    public TRefusal? Refusal { get; }

    /// <summary>The value.</summary>
    /// <param name="error">Makes an exception of the reason why there is none.</param>
    public TValue Required(Func<TRefusal, Exception> error) => HasValue ? Value : throw error(Refusal);

    /// <summary>Something made of the value; the same refusal where there is none.</summary>
    /// <param name="make">Makes it.</param>
    public Attempt<TOther, TRefusal> Then<TOther>(Func<TValue, TOther> make)
        where TOther : class => HasValue ? new(make(Value)) : new(Refusal);
}
