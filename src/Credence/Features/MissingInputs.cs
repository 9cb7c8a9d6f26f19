using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Matrices;

namespace Credence.Features;

/// <summary>The missing cells of rows, and the features they leave unknown.</summary>
internal sealed class MissingInputs
{
    private readonly IColumnEncoder[] encoders;
    private readonly IColumn[] columns;

    private MissingInputs(IColumnEncoder[] encoders, IColumn[] columns, int rows)
    {
        this.encoders = encoders;
        this.columns = columns;
        Cells = new int[rows];
        foreach (IColumn column in columns)
        {
            for (int row = 0; row < rows; row++)
                Cells[row] += column.MissingCells(row);
        }
    }

    /// <summary>How many cells of each row are missing.</summary>
    public int[] Cells { get; }

    /// <summary>Counts the missing cells.</summary>
    public static MissingInputs Of(IColumnEncoder[] encoders, IColumn[] columns, int rows) => new(encoders, columns, rows);

    /// <summary>The columns missing in a row among those that a function chooses.</summary>
    /// <param name="row">The row.</param>
    /// <param name="counts">Whether a column counts.</param>
    public List<string> Columns(int row, Func<string, bool> counts)
    {
        var names = new List<string>();
        if (Cells[row] == 0)
            return names;

        foreach (IColumn column in columns)
        {
            if (column.MissingCells(row) > 0 && counts(column.Name))
                names.Add(column.Name);
        }

        return names;
    }

    /// <summary>The columns whose missing cells are encoded as typical ones, with the number of such rows.</summary>
    public IEnumerable<(string Column, int Rows)> Hidden()
    {
        for (int i = 0; i < encoders.Length; i++)
        {
            if (!encoders[i].HidesMissing)
                continue;

            int rows = 0;
            for (int row = 0; row < Cells.Length; row++)
                rows += Cells[row] > 0 && columns[i].MissingCells(row) > 0 ? 1 : 0;

            if (rows > 0)
                yield return (columns[i].Name, rows);
        }
    }

    /// <summary>The features, as increasing runs, that a row's missing cells leave unknown in the columns that a function
    /// chooses.</summary>
    public FeatureRun[] Unknown(int row, Func<string, bool> counts)
    {
        var runs = new List<FeatureRun>();
        for (int i = 0, offset = 0; i < encoders.Length; offset += encoders[i++].Width)
        {
            if (columns[i].MissingCells(row) > 0 && counts(columns[i].Name))
                runs.AddRange(encoders[i].Unknown(columns[i], row).Select(run => run with { First = offset + run.First }));
        }

        return [.. runs];
    }
}
