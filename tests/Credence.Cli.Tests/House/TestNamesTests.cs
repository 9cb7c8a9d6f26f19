using System.Text.RegularExpressions;

namespace Credence.Cli.Tests.House;

/// <summary>
/// A file of tests is named for what it tests: <c>SoftmaxTests</c> for the type Softmax, <c>MatrixProductEveryLengthTests</c> for one
/// topic of a type, <c>NumericsHashTests</c> for what holds across a folder or project. Tests in House look at the checkout as a whole;
/// what helps tests lies in a folder Support.
/// </summary>
public partial class TestNamesTests
{
    private const string Ending = "Tests";

    private static readonly string[] Files =
        [.. Repository.Sources("tests").Select(file => Path.GetRelativePath(Repository.Path("tests"), file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void AFileOfTests_BeginsWithTheNameOfATypeOrFolder()
    {
        HashSet<string> names = Names();
        string[] strange =
            [.. Files.Where(file => !IsIn(file, "Support") && !IsIn(file, "House") && !Beginnings(Stem(file)).Any(names.Contains))];

        Assert.True(strange.Length == 0, $"Name these for the type or folder that they test: {string.Join(", ", strange)}");
    }

    [Fact]
    public void AFileOfTests_EndsWithTests_AndHoldsTheClassOfItsName()
    {
        string[] strange =
        [
            .. Files.Where(file => !IsIn(file, "Support"))
                .Where(file => Path.GetFileNameWithoutExtension(file) is var name
                    && (!name.EndsWith(Ending, StringComparison.Ordinal)
                        || !Regex.IsMatch(Text(file), $@"\bclass {name}\b"))),
        ];

        string list = string.Join(", ", strange);
        Assert.True(strange.Length == 0, $"Tests have the name of their class, and what helps them lies in Support: {list}");
    }

    [Fact]
    public void ATest_Asserts()
    {
        // What a test calls may assert for it: a helper in its file, or in Support.
        string[] helpers = [.. Files.Where(file => IsIn(file, "Support")).SelectMany(file => AssertingMethods(Text(file)))];
        var silent = new List<string>();
        foreach (string file in Files)
        {
            string text = Text(file);
            string[] asserting = [.. AssertingMethods(text), .. helpers];
            if (IsIn(file, "Support"))
                continue;

            foreach (Match test in TestMethod().Matches(text))
            {
                string body = Body(text, test.Index + test.Length);
                if (!Asserts(body) && !asserting.Any(name => Regex.IsMatch(body, $@"\b{name}(<\w+>)?\(")))
                    silent.Add($"{file}: {test.Groups["name"].Value}");
            }
        }

        Assert.True(silent.Count == 0, $"These tests can't fail: {string.Join(", ", silent)}");
    }

    /// <summary>The types of the sources and of Support, and the folders; of a project the last part of its name.</summary>
    private static HashSet<string> Names()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string[] sources = [.. Repository.Sources("src"), .. Repository.Sources("fuzz")];
        foreach (string file in sources.Concat(Files.Where(file => IsIn(file, "Support")).Select(file => Repository.Path("tests", file))))
        {
            names.Add(Path.GetFileName(file).Split('.')[0]);
            foreach (Match type in TypeName().Matches(File.ReadAllText(file)))
                names.Add(type.Groups["name"].Value);
        }

        string[] projects = Directory.GetDirectories(Repository.Path("src"));
        foreach (string folder in sources.Select(file => Path.GetDirectoryName(file)!).Concat(projects))
            names.Add(Path.GetFileName(folder).Split('.')[^1]);

        return names;
    }

    /// <summary>"MatrixProductRows" begins with "Matrix", "MatrixProduct" and itself.</summary>
    private static IEnumerable<string> Beginnings(string stem) =>
        Enumerable.Range(1, stem.Length)
            .Where(length => length == stem.Length || char.IsUpper(stem[length]) || char.IsDigit(stem[length]))
            .Select(length => stem[..length]);

    private static string Text(string file) => File.ReadAllText(Repository.Path("tests", file));

    private static string Stem(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;
    }

    private static bool IsIn(string file, string folder) => file.Split(Path.DirectorySeparatorChar).SkipLast(1).Contains(folder);

    private static IEnumerable<string> AssertingMethods(string text) => Method().Matches(text)
            .Where(method => Asserts(Body(text, method.Index + method.Length)))
            .Select(method => method.Groups["name"].Value);

    /// <summary>A property is asserted by drawing samples of it (CsCheck).</summary>
    private static bool Asserts(string body) => Assertion().IsMatch(body);

    /// <summary>What follows a method's name: to the brace that closes it, or to the semicolon of one of a single expression.</summary>
    private static string Body(string text, int from)
    {
        int depth = 0;
        for (int i = from; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '{' or '(' or '[' => 1,
                '}' or ')' or ']' => -1,
                _ => 0,
            };
            if (depth <= 0 && text[i] is '}' or ';' && depth <= 0)
                return text[from..i];
        }

        return text[from..];
    }

    [GeneratedRegex(@"\bAssert\w*[.(]|\.Sample\(")]
    private static partial Regex Assertion();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum) (?:struct |class )?(?<name>[A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\n    public (?:async )?(?:void|Task) (?<name>(?!Dispose)\w+)")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"(?:private|internal|public) (?:static )?(?:async )?[\w<>\[\]?,(). ]+? (?<name>[A-Z]\w*)(?:<\w+>)?(?=\()")]
    private static partial Regex Method();
}
