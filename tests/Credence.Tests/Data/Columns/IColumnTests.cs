using Credence.Data;
using Credence.Data.Columns;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Data.Columns;

public class IColumnTests
{
    private static readonly long Day = new DateTime(2024, 2, 29).Ticks, Noon = new DateTime(2024, 3, 1, 12, 30, 0).Ticks;

    public static TheoryData<ColumnKind> Kinds => [.. Enum.GetValues<ColumnKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Append_OfTheRowsBefore_IsTheWhole(ColumnKind kind)
    {
        IColumn whole = Column(kind);
        IColumn joined = whole.Select([0]).Append([whole.Select([]), whole.Select([1, 2])]);
        Assert.Equal(3, joined.Count);
        Assert.Equal((whole.Name, whole.Kind), (joined.Name, joined.Kind));
        Assert.Equal(whole.Shape, joined.Shape);
        Assert.Equal(whole.Bytes, joined.Bytes);
        Assert.Equal(whole.Texts(), joined.Texts());
        Assert.Equal(whole.Times(), joined.Times());
        Assert.Equal(Hashes(whole), Hashes(joined));
        Assert.Equal(3, Hashes(whole).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rename_ChangesTheNameAlone(ColumnKind kind)
    {
        IColumn column = Column(kind), renamed = column.Rename("other");
        Assert.Equal("other", renamed.Name);
        Assert.Equal(column.Kind, renamed.Kind);
        Assert.Equal(column.Shape, renamed.Shape);
        Assert.Equal(Hashes(column), Hashes(renamed));
    }

    [Theory]
    [InlineData(ColumnKind.Number, "1.5", "-2", "missing", 24)]
    [InlineData(ColumnKind.Category, "red", "blue", "missing", 24)]
    [InlineData(ColumnKind.Text, "first", "sécond", "", 24)]
    [InlineData(ColumnKind.Date, "2024-02-29", "2024-03-01", "missing", 24)]
    [InlineData(ColumnKind.Vector, "of 2 numbers", "of 2 numbers", "of 2 numbers", 24)]
    [InlineData(ColumnKind.Image, "of 2 × 1 pixels", "of 2 × 1 pixels", "of 2 × 1 pixels", 6)]
    [InlineData(ColumnKind.Audio, "of 0.5 s", "of 0.2 s", "of 0.0 s", 28)]
    public void Describe_SaysWhatAPersonRecognisesACellBy(ColumnKind kind, string first, string second, string third, long bytes)
    {
        IColumn column = Column(kind);
        Assert.Equal([first, second, third], [column.Describe(0), column.Describe(1), column.Describe(2)]);
        Assert.Equal(bytes, column.Bytes);
    }

    [Fact]
    public void Texts_CanBeReadBack_AndAreNullWhereMissing()
    {
        Assert.Equal(["1.5", "-2", null], Column(ColumnKind.Number).Texts()!);
        Assert.Equal(["red", "blue", null], Column(ColumnKind.Category).Texts()!);
        Assert.Equal(["first", "sécond", null], Column(ColumnKind.Text).Texts()!);
        Assert.Equal(["2024-02-29", "2024-03-01T12:30:00", null], Column(ColumnKind.Date).Texts()!);
        Assert.Null(Column(ColumnKind.Vector).Texts());
        Assert.Null(Column(ColumnKind.Image).Texts());
        Assert.Null(Column(ColumnKind.Audio).Texts());
    }

    [Fact]
    public void Times_AreOfNumbersAndDatesAlone()
    {
        Assert.Equal([1.5, -2, double.NaN], Column(ColumnKind.Number).Times()!);
        Assert.Equal([Day, Noon, double.NaN], Column(ColumnKind.Date).Times()!);
        Assert.Null(Column(ColumnKind.Category).Times());
        Assert.Null(Column(ColumnKind.Text).Times());
        Assert.Null(Column(ColumnKind.Vector).Times());
    }

    private static ulong[] Hashes(IColumn column) => RowHash.Compute(new Table([column]));

    private static IColumn Column(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => new NumberColumn("c", [1.5, -2, double.NaN]),
        ColumnKind.Category => CategoryColumn.FromNames("c", ["red", "blue", null]),
        ColumnKind.Text => TextColumn.FromStrings("c", ["first", "sécond", null]),
        ColumnKind.Date => new DateColumn("c", [Day, Noon, DateColumn.Missing]),
        ColumnKind.Vector => new VectorColumn("c", [1, 2, 3, 4, float.NaN, 6], 3, 2),
        ColumnKind.Image => new ImageColumn("c", [1, 2, 3, 4, 5, 6], 3, 1, 2, 1),
        _ => new AudioColumn("c", [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f], [0, 5, 7, 7], 10),
    };
}
