using System.Reflection;
using Credence.Numerics;

namespace Credence.Tests;

/// <summary>A null where the signature says that none may be is an ArgumentNullException, never a NullReferenceException. Left out is what
/// reads and writes the parts of a model file, which no program calls.</summary>
public class CredenceNullArgumentsTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void ConstructorsAndStaticMethods_RefuseNull()
    {
        string[] wrong =
        [
            .. new[] { typeof(Softmax).Assembly, typeof(Credence.Data.Table).Assembly }.SelectMany(assembly => assembly.GetExportedTypes())
                .Where(type => !type.ContainsGenericParameters && !type.IsAssignableTo(typeof(Delegate)))
                .SelectMany(type => type.GetConstructors().Cast<MethodBase>().Where(_ => !type.IsAbstract)
                    .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)))
                .Where(method => !method.IsSpecialName || method.IsConstructor)
                .Where(method => !method.ContainsGenericParameters && method.Name is not ("Load" or "Save")
                    && method.DeclaringType!.Namespace != "Credence.Persistence")
                .Where(method => !method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef
                    || parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsPointer))
                .Select(Fault).OfType<string>().Order(StringComparer.Ordinal),
        ];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    /// <summary>What is wrong with what a method says to nulls; null where nothing is, or where none is refused by its signature.</summary>
    private static string? Fault(MethodBase method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (!parameters.Any(IsNeeded))
            return null;

        object?[] arguments = [.. parameters.Select(Default)];
        string name = $"{method.DeclaringType!.FullName}.{method.Name}({string.Join(", ", parameters.Select(p => p.Name))})";
        try
        {
            _ = method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(null, arguments);
            return IsRecord(method) ? null : $"{name} takes null";
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException is ArgumentException || IsRecord(method) ? null : $"{name}: {error.InnerException!.GetType().Name}";
        }
    }

    /// <summary>Whether it makes a record, whose positional values are the caller's own.</summary>
    private static bool IsRecord(MethodBase method) => method.IsConstructor
        && (method.DeclaringType!.IsValueType || method.DeclaringType.GetMethod("<Clone>$") is not null);

    private static bool IsNeeded(ParameterInfo parameter) => !parameter.ParameterType.IsValueType && !parameter.HasDefaultValue
        && Nullability.Create(parameter).WriteState == NullabilityState.NotNull;

    private static object? Default(ParameterInfo parameter) => parameter.HasDefaultValue && parameter.DefaultValue is { } value ? value
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
}
