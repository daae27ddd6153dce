//! Tables of text: Julia's `readdlm`, CSV with named columns, and MATLAB's names for matrices of numbers.

use super::Given;
use crate::codec::delimited::{self, Delimiter, Grammar, Rows, Source};
use crate::codec::table::{self, Layout};
use crate::fault::{Fault, Outcome, Part};
use crate::library::arrays::values_of;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Host, Tuple, Type, Value, iterate, promote};
use crate::{syntax, warning};
use std::collections::HashSet;
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "readdlm(file; header = false, skipstart = 0, skipblanks = true, quotes = true, comments = false, \
              comment_char = \"#\") | readdlm(file, delim) | readdlm(file, T) | readdlm(file, delim, T) | \
              readdlm(file, delim, T, eol) | readdlm(file, delim, eol)",
        doc: "The table in a file or a stream as a matrix: of floats if every cell is a number, of any values otherwise.",
        more: "Without a delimiter, blanks and tabs separate cells. With a type T (Float64, Int64, Bool, ComplexF64, String, \
               Any) every cell is one, and an error says where one is not. header=true gives the matrix and the first row, \
               data, names = readdlm(…, header=true). skipstart leaves out lines at the beginning; comments=true leaves \
               out what stands after comment_char.",
        run: Run::Call(readdlm),
        examples: &[
            Shows("write(\"a.txt\", \"1 2\\n3 4\"); readdlm(\"a.txt\")", "2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0"),
            Shows("readdlm(IOBuffer(\"1,2\\n3,4\"), \",\", Int)", "2×2 Matrix{Int64}:\n 1  2\n 3  4"),
            Shows("readdlm(IOBuffer(\"x y\\n1 2\"), header=true)", "([1.0 2.0], [\"x\" \"y\"])"),
            Fails("readdlm(IOBuffer(\"1 2\\n3 x\"), Float64)", ":2:3: cell 2 of the row, \"x\", is no number"),
        ],
    },
    Builtin {
        sig: "writedlm(file, A, delim = \"\\t\"; quotes = true)",
        doc: "Writes an array to a file or a stream, each row a line, with tabs or another delimiter between the elements.",
        more: "A vector is written as a column, a vector of vectors row by row. Strings that hold the delimiter are written \
               in quotes, unless quotes=false.",
        run: Run::Call(writedlm),
        examples: &[
            Shows("writedlm(stdout, [1 2; 3 4])", "1\t2\n3\t4"),
            Shows("writedlm(\"a.txt\", [0.1, 0.2]); readdlm(\"a.txt\")", "2×1 Matrix{Float64}:\n 0.1\n 0.2"),
            Shows("writedlm(stdout, [\"a,b\" 1], \",\")", "\"a,b\",1"),
        ],
    },
    Builtin {
        sig: "readcsv(file; header = true, delim, comments, skipstart = 0)",
        doc: "The columns of a table with a header, as a named tuple of vectors.",
        more: "Each column is of integers, floats, true and false, or strings, whichever all its cells are; an empty cell or \
               NA among numbers is NaN. What cannot stand in a name becomes _ (\"petal width\" is petal_width); with \
               header=false the columns are Column1, Column2, … The delimiter is a comma, a semicolon, a tab or |, as the \
               first line has it, unless delim says otherwise; comments=\"#\" leaves out what follows a #. A row that is \
               too long or too short is an error with its place.",
        run: Run::Call(readcsv),
        examples: &[
            Shows(
                "write(\"a.csv\", \"name,size\\n\\\"Li, A\\\",1.5\\nBo,2\"); t = readcsv(\"a.csv\"); t.size",
                "2-element Vector{Float64}:\n 1.5\n 2.0",
            ),
            Shows("readcsv(IOBuffer(\"a;b\\n1;x\"))", "(a = [1], b = [\"x\"])"),
            Fails("readcsv(IOBuffer(\"a,b\\n1,2,3\"))", "this row has 3 cells, not 2"),
        ],
    },
    Builtin {
        sig: "writecsv(file, table; delim = \",\", header)",
        doc: "Writes a named tuple of columns, or a matrix, as a table with commas between the cells.",
        more: "The names are the first line; header=[\"a\", \"b\"] gives others, or those of a matrix. Cells that hold a comma, \
               a quote or the end of a line stand in quotes, as RFC 4180 has it. readcsv(file) reads it back.",
        run: Run::Call(writecsv),
        examples: &[
            Shows("writecsv(stdout, (x = 1:2, name = [\"a\", \"b, c\"]))", "x,name\n1,a\n2,\"b, c\""),
            Shows("writecsv(stdout, [1 2; 3 4], header=[\"a\", \"b\"])", "a,b\n1,2\n3,4"),
            Fails("writecsv(devnull, (x = [1, 2], y = [1]))", "as many"),
        ],
    },
    Builtin {
        sig: "readmatrix(file)",
        doc: "The numbers of a table as a matrix of floats; lines of headers are left out, and cells that are no numbers are NaN.",
        more: "MATLAB's name. The delimiter is a comma, a semicolon, a tab or |, as the first line has it, or blanks. \
               readdlm(file, delim, Float64) refuses what is no number instead.",
        run: Run::Call(|args, host| {
            let given = args.text_of_source(0, host)?;
            let grammar = Grammar { delimiter: delimited::guess(&given.text), ..Grammar::default() };
            let rows = delimited::split(source(&given), &grammar).and_then(|rows| table::numbers(&rows));
            Ok(Value::array(args.at_file(0, rows)?))
        }),
        examples: &[Shows("readmatrix(IOBuffer(\"a,b\\n1,2\\n3,\"))", "2×2 Matrix{Float64}:\n 1.0    2.0\n 3.0  NaN")],
    },
    Builtin {
        sig: "writematrix(A, file)",
        doc: "Writes a matrix with commas between the elements.",
        more: "MATLAB's name and order of arguments; writedlm(file, A, \",\") is Julia's.",
        run: Run::Call(|args, host| delimited_to(args, 1, 0, Layout { delimiter: ",", quotes: true }, host)),
        examples: &[Shows("writematrix([1 2; 3 4], stdout)", "1,2\n3,4")],
    },
    Builtin {
        sig: "csvread(file)",
        doc: "A matrix of floats from a file with commas between the numbers.",
        more: "MATLAB's name; readdlm(file, \",\", Float64) is Julia's. readcsv(file) reads a table with a header.",
        run: Run::Call(|args, host| {
            let given = args.text_of_source(0, host)?;
            let grammar = Grammar { delimiter: Delimiter::Text(","), ..Grammar::default() };
            let rows = delimited::split(source(&given), &grammar);
            let matrix = rows.and_then(|rows| table::matrix(&rows, 0, Some(&Type::Float64)));
            Ok(Value::array(args.at_file(0, matrix)?))
        }),
        examples: &[Shows("csvread(IOBuffer(\"1,2\\n3,4\"))", "2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0")],
    },
    Builtin {
        sig: "csvwrite(file, A)",
        doc: "Writes a matrix with commas between the elements.",
        more: "MATLAB's name; writedlm(file, A, \",\") is Julia's. writecsv(file, table) writes columns with names.",
        run: Run::Call(|args, host| delimited_to(args, 0, 1, Layout { delimiter: ",", quotes: true }, host)),
        examples: &[Shows("csvwrite(stdout, [1 2; 3 4])", "1,2\n3,4")],
    },
];

fn source(given: &Given) -> Source<'_> {
    Source { name: &given.name, text: &given.text }
}

/// A text between cells or lines, which is not empty and no quote.
fn separator<'a>(args: &Arguments<'a>, given: &'a Value, what: &str) -> Outcome<&'a str> {
    match given {
        Value::Str(text) if !text.is_empty() && !text.contains('"') => Ok(text),
        Value::Str(text) => Err(Fault::argument(format!("{}: {what} is {:?}", args.name, text.as_str()))
            .rule(format!("{what} is a text that is not empty and has no quotes"))),
        other => {
            Err(Fault::method(format!("{}: {what} is a string such as \",\", not {}", args.name, describe(other))))
        }
    }
}

fn readdlm(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let mut grammar = Grammar {
        quotes: args.flag("quotes", true)?,
        skip_blank: args.flag("skipblanks", true)?,
        skip_lines: skipped_lines(args)?,
        ..Grammar::default()
    };
    if args.flag("comments", false)? {
        grammar.comment = Some(match args.keyword("comment_char") {
            Some(mark) => separator(args, mark, "comment_char")?,
            None => "#",
        });
    }
    let mut element = None;
    for k in 1..args.count() {
        let texts = args.positional[1..k].iter().filter(|value| matches!(value, Value::Str(_))).count();
        match args.at(k) {
            Value::Type(ty) if element.is_none() => element = Some(&**ty),
            given if texts == 0 => grammar.delimiter = Delimiter::Text(separator(args, given, "the delimiter")?),
            given => grammar.line_end = separator(args, given, "the end of a line")?,
        }
    }
    let with_header = args.flag("header", false)?;
    let given = args.text_of_source(0, host)?;
    let read = || {
        let rows = delimited::split(source(&given), &grammar)?;
        let data = table::matrix(&rows, usize::from(with_header), element)?;
        if grammar.delimiter == Delimiter::Blanks && element.is_none() {
            warn_of_delimiter(&given, &data);
        }
        let data = Value::array(data);
        Ok(if with_header { Value::tuple(vec![data, Value::array(table::header(&rows, 0))]) } else { data })
    };
    args.at_file(0, read())
}

/// Where blanks separate no cells and another delimiter would, it is most likely forgotten.
fn warn_of_delimiter(given: &Given, data: &Array) {
    if data.shape().1 == 1
        && data.eltype() == Type::Any
        && let Delimiter::Text(delimiter) = delimited::guess(&given.text)
    {
        let name = &given.name;
        warning::warn(format!(
            "every row of {name} is one cell; readdlm(…, {delimiter:?}) separates them at {delimiter:?}"
        ));
    }
}

fn skipped_lines(args: &Arguments<'_>) -> Outcome<usize> {
    let lines = args.int_keyword("skipstart")?.unwrap_or(0);
    usize::try_from(lines).map_err(|_| {
        Fault::argument(format!("skipstart={lines}")).rule("the number of lines that are left out is not negative")
    })
}

fn writedlm(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let delimiter = match args.get(2) {
        Some(given) => separator(args, given, "the delimiter")?,
        None => "\t",
    };
    delimited_to(args, 0, 1, Layout { delimiter, quotes: args.flag("quotes", true)? }, host)
}

/// Writes the array of one argument to the file or stream of another.
fn delimited_to(
    args: &Arguments<'_>,
    file: usize,
    array: usize,
    layout: Layout<'_>,
    host: &dyn Host,
) -> Outcome<Value> {
    // What cannot be written to is said before a long text is made.
    if !matches!(args.at(file), Value::Str(_) | Value::Stream(_)) {
        return Err(args.refuse(file, "the path of a file or a stream"));
    }
    let text = text_of_rows(args.at(array), layout, host)?;
    args.write_to(file, &text, host)?;
    Ok(Value::Nothing)
}

/// The lines of a matrix, of a vector or of a vector of rows.
pub fn text_of_rows(value: &Value, layout: Layout<'_>, host: &dyn Host) -> Outcome<String> {
    let mut text = String::new();
    match promote::as_array(value)? {
        Some(array) if !array.is_vector() => {
            let (rows, cols) = array.shape();
            let row = |i: usize| Ok((0..cols).map(|j| array.value(j * rows + i)).collect());
            table::write_rows(&mut text, rows, row, layout)?;
        }
        Some(array) => table::write_rows(&mut text, array.len(), |i| row_of(array.value(i)), layout)?,
        None => {
            let items = match value {
                Value::Tuple(_) | Value::Iterator(_) => iterate::elements(value, host)?,
                one => vec![one.clone()],
            };
            table::write_rows(&mut text, items.len(), |i| row_of(items[i].clone()), layout)?;
        }
    }
    Ok(text)
}

/// What stands on the line of an element: its own elements, or itself.
fn row_of(item: Value) -> Outcome<Vec<Value>> {
    Ok(match &item {
        Value::Tuple(tuple) => tuple.items.clone(),
        Value::Array(_) | Value::Range(_) => promote::as_array(&item)?.map_or(Vec::new(), |row| values_of(&row)),
        _ => vec![item],
    })
}

fn readcsv(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let skip_lines = skipped_lines(args)?;
    let comment = args.keyword("comments").map(|mark| separator(args, mark, "comments")).transpose()?;
    let delimiter = args.keyword("delim").map(|text| separator(args, text, "delim")).transpose()?;
    let with_header = args.flag("header", true)?;
    let given = args.text_of_source(0, host)?;
    let delimiter = delimiter.map_or_else(|| guessed(&given.text, skip_lines, comment), Delimiter::Text);
    let grammar = Grammar { delimiter, skip_lines, comment, ..Grammar::default() };
    let rows = delimited::split(source(&given), &grammar);
    args.at_file(0, rows.and_then(|rows| table_of_rows(&rows, with_header)))
}

/// The delimiter that the first line with cells has; a table of one column has none, and a comma does no harm.
pub fn guessed(text: &str, skip_lines: usize, comment: Option<&str>) -> Delimiter<'static> {
    let lines = text.lines().skip(skip_lines).filter(|line| !line.trim().is_empty());
    let first = lines.clone().find(|line| comment.is_none_or(|mark| !line.starts_with(mark)));
    match delimited::guess(first.unwrap_or("")) {
        Delimiter::Blanks => Delimiter::Text(","),
        found => found,
    }
}

/// A named tuple of the columns of a table, or a matrix if the first line holds numbers and no names.
pub fn table_or_matrix(source: Source<'_>, grammar: &Grammar<'_>) -> Outcome<Value> {
    let rows = delimited::split(source, grammar)?;
    if table::begins_with_numbers(&rows) {
        return Ok(Value::array(table::matrix(&rows, 0, None)?));
    }
    table_of_rows(&rows, true)
}

/// A named tuple of columns.
fn table_of_rows(rows: &Rows<'_>, with_header: bool) -> Outcome<Value> {
    if rows.count() == 0 {
        return Err(Fault::argument(format!("{} holds no table", rows.source.name))
            .rule("a table begins with the line of its columns' names"));
    }
    let width = rows.row(0).len();
    let columns = table::columns(rows, usize::from(with_header), width)?;
    let mut used = HashSet::new();
    let mut fields = Vec::new();
    for (k, column) in columns.into_iter().enumerate() {
        let written = if with_header { rows.row(0)[k].text.trim() } else { "" };
        let name = syntax::name_from(written).unwrap_or_else(|| format!("Column{}", k + 1));
        fields.push((Rc::from(unused(name, &mut used)), Value::array(column)));
    }
    Ok(Value::Tuple(Rc::new(Tuple::named(fields))))
}

/// The name, or one with a number where there is a column of that name already.
fn unused(name: String, used: &mut HashSet<String>) -> String {
    let mut free = name.clone();
    let mut number = 1;
    while !used.insert(free.clone()) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}

fn writecsv(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let text = text_of_table(args, 1, host)?;
    args.write_to(0, &text, host)?;
    Ok(Value::Nothing)
}

/// The lines of a named tuple of columns, with their names, or of a matrix, with those that `header` gives.
pub fn text_of_table(args: &Arguments<'_>, k: usize, host: &dyn Host) -> Outcome<String> {
    let delimiter = match args.keyword("delim") {
        Some(given) => separator(args, given, "delim")?,
        None => ",",
    };
    let layout = Layout { delimiter, quotes: true };
    let names = args.keyword("header").map(|header| names_of(args, header)).transpose()?;
    match args.at(k) {
        Value::Tuple(tuple) if tuple.names.is_some() => text_of_columns(args, k, tuple, names, layout),
        table => {
            let mut text = String::new();
            if let Some(names) = names {
                let width = promote::as_array(table)?.map_or(1, |array| array.shape().1);
                check_names(args, k, names.len(), width)?;
                table::write_rows(&mut text, 1, |_| Ok(names.clone()), layout)?;
            }
            Ok(text + &text_of_rows(table, layout, host)?)
        }
    }
}

fn names_of(args: &Arguments<'_>, header: &Value) -> Outcome<Vec<Value>> {
    let names = match header {
        Value::Tuple(tuple) => Some(tuple.items.clone()),
        other => promote::as_array(other)?.map(|array| values_of(&array)),
    };
    names
        .filter(|names| names.iter().all(|name| matches!(name, Value::Str(_))))
        .ok_or_else(|| args.refuse_keyword("header", "a vector of strings", header))
}

fn check_names(args: &Arguments<'_>, k: usize, names: usize, width: usize) -> Outcome<()> {
    if names == width {
        return Ok(());
    }
    Err(Fault::dimension(format!("{}: {names} names for {width} columns", args.name))
        .rule("header has as many names as the table has columns")
        .label(Part::Argument(k), describe(args.at(k))))
}

fn text_of_columns(
    args: &Arguments<'_>,
    k: usize,
    table: &Tuple,
    names: Option<Vec<Value>>,
    layout: Layout<'_>,
) -> Outcome<String> {
    let fields = table.fields().unwrap_or_default();
    let names = names.unwrap_or_else(|| fields.iter().map(|(name, _)| Value::str(&**name)).collect());
    check_names(args, k, names.len(), fields.len())?;
    let mut columns: Vec<Rc<Array>> = Vec::new();
    for (name, column) in &fields {
        let column = match promote::as_array(column)? {
            Some(column) if column.is_vector() => column,
            _ => {
                return Err(Fault::argument(format!(
                    "{}: the column {name} is {}",
                    args.name,
                    crate::value::display::with_article(&describe(column))
                ))
                .rule("every column of a table is a vector")
                .label(Part::Argument(k), "a table"));
            }
        };
        if let Some(first) = columns.first()
            && first.len() != column.len()
        {
            let lengths = format!("{} has {} elements, {name} has {}", fields[0].0, first.len(), column.len());
            return Err(Fault::dimension(format!("{}: {lengths}", args.name))
                .rule("every column of a table has as many elements as the others")
                .label(Part::Argument(k), "a table"));
        }
        columns.push(column);
    }
    let mut text = String::new();
    table::write_rows(&mut text, 1, |_| Ok(names.clone()), layout)?;
    let height = columns.first().map_or(0, |column| column.len());
    table::write_rows(&mut text, height, |i| Ok(columns.iter().map(|column| column.value(i)).collect()), layout)?;
    Ok(text)
}
