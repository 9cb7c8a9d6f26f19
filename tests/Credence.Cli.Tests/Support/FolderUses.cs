using System.Text.RegularExpressions;
using Credence.Files.Inputs;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Credence.Cli.Tests.Support;

/// <summary>Which folders of a project use which others, read from the compiled assembly: from signatures, fields, attributes and the
/// bodies of methods. What the compiler resolves away, such as constants and nameof, is no use.</summary>
internal static partial class FolderUses
{
    /// <summary>The root of the project, as a folder.</summary>
    public const string Root = "(root)";

    /// <summary>The folders, and of each those that it uses, each with one use as an example.</summary>
    public static SortedDictionary<string, SortedDictionary<string, string>> Of(string project)
    {
        Dictionary<string, string> folderOf = Folders(project);
        var uses = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (string folder in folderOf.Values)
            uses.TryAdd(folder, new SortedDictionary<string, string>(StringComparer.Ordinal));

        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, project + ".dll"));
        foreach (TypeDefinition type in assembly.MainModule.GetAllTypes())
        {
            if (!folderOf.TryGetValue(Outermost(type).Name.Split('`')[0], out string? from))
                continue;

            foreach (TypeReference used in References(type).SelectMany(Parts))
            {
                TypeReference outer = Outermost(used);
                bool isOwn = outer.Scope == assembly.MainModule || outer is TypeDefinition;
                if (isOwn && folderOf.TryGetValue(outer.Name.Split('`')[0], out string? to) && to != from)
                    uses[from].TryAdd(to, $"{Outermost(type).Name} uses {outer.Name}");
            }
        }

        return uses;
    }

    /// <summary>A chain of folders that ends where it begins; empty where there is none.</summary>
    public static IReadOnlyList<string> Cycle(SortedDictionary<string, SortedDictionary<string, string>> uses)
    {
        var done = new HashSet<string>();
        foreach (string start in uses.Keys)
        {
            if (Walk(start, []) is { } found)
                return found;
        }

        return [];

        List<string>? Walk(string folder, List<string> path)
        {
            if (path.IndexOf(folder) is var at and >= 0)
                return [.. path[at..].Append(folder)
                    .Zip(path[(at + 1)..].Append(folder), (a, b) => a == b ? a : $"{a} → {b}: {uses[a][b]}")];
            if (done.Contains(folder))
                return null;

            path.Add(folder);
            foreach (string next in uses[folder].Keys)
            {
                if (Walk(next, path) is { } found)
                    return found;
            }

            path.RemoveAt(path.Count - 1);
            done.Add(folder);
            return null;
        }
    }

    /// <summary>The folder of each type of a project, by the file that declares it.</summary>
    private static Dictionary<string, string> Folders(string project)
    {
        string top = Repository.Path("src", project);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Repository.Sources(Path.Combine("src", project)))
        {
            string folder = Path.GetRelativePath(top, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');
            folder = folder == "." ? Root : folder;
            folders[Path.GetFileNameWithoutExtension(file)] = folder;
            foreach (Match match in Declaration().Matches(File.ReadAllText(file)))
                folders.TryAdd(match.Groups[1].Value, folder);
        }

        return folders;
    }

    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        IEnumerable<TypeReference?> all =
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.CustomAttributes.Select(one => one.AttributeType),
            .. type.GenericParameters.SelectMany(one => one.Constraints).Select(one => one.ConstraintType),
            .. type.Fields.Select(one => one.FieldType),
            .. type.Properties.Select(one => one.PropertyType),
            .. type.Methods.SelectMany(OfMethod),
        ];
        return all.OfType<TypeReference>();
    }

    private static IEnumerable<TypeReference> OfMethod(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (ParameterDefinition parameter in method.Parameters)
            yield return parameter.ParameterType;
        foreach (GenericParameterConstraint constraint in method.GenericParameters.SelectMany(one => one.Constraints))
            yield return constraint.ConstraintType;
        if (!method.HasBody)
            yield break;

        foreach (VariableDefinition variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    yield return type;
                    break;
                case GenericInstanceMethod generic:
                    yield return generic.DeclaringType;
                    foreach (TypeReference argument in generic.GenericArguments)
                        yield return argument;
                    break;
                case MemberReference { DeclaringType: { } declaring }:
                    yield return declaring;
                    break;
            }
        }
    }

    /// <summary>A type and those it is made of: elements, arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } declaring)
            type = declaring;

        return type;
    }

    [GeneratedRegex(
        @"^(?:public |internal )?(?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*"
            + @"(?:class|struct|record struct|record|interface|enum|delegate [\w<>\[\],?. ]+?) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
