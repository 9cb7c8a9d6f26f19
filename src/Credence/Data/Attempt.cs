using System.Diagnostics.CodeAnalysis;

namespace Credence.Data;

/// <summary>The result of an attempt whose failure is not an error: a value, or the reason why there is none. Immutable.</summary>
/// <typeparam name="TValue">The type of the value.</typeparam>
/// <typeparam name="TRefusal">The type of the reason: a text, or a record of what is lacking.</typeparam>
public sealed class Attempt<TValue, TRefusal>
    where TValue : class
    where TRefusal : class
{
    /// <summary>A successful attempt.</summary>
    /// <param name="value">The value, not null.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Attempt(TValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>A failed attempt.</summary>
    /// <param name="refusal">The reason, not null.</param>
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

    /// <summary>The value, or null where the attempt failed.</summary>
    public TValue? Value { get; }

    /// <summary>Why there is no value, or null where there is one.</summary>
    public TRefusal? Refusal { get; }

    /// <summary>The value, or an exception where there is none.</summary>
    /// <param name="error">Makes the exception to throw from the reason.</param>
    public TValue Required(Func<TRefusal, Exception> error) => HasValue ? Value : throw error(Refusal);

    /// <summary>An attempt with a value computed from this one's; the same reason where there is none.</summary>
    /// <param name="make">Computes the new value.</param>
    public Attempt<TOther, TRefusal> Then<TOther>(Func<TValue, TOther> make)
        where TOther : class => HasValue ? new(make(Value)) : new(Refusal);
}
