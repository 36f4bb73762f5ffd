//! Where marks go so that no two of them overlap: each ring is cut into cells, the marks of a cell are spread along its
//! middle or in two or more lanes, and a cell that cannot hold its marks gathers them into one.

use super::layout::{Band, point};

/// A mark that wants a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Index of the item.
    pub item: usize,
    /// Where it would be if it were alone, in degrees.
    pub angle: f64,
}

/// A piece of a ring: a month, or a week when the wheel shows one month.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Index of the ring.
    pub band: usize,
    /// Which piece of the ring, clockwise.
    pub column: usize,
    /// Degrees.
    pub start: f64,
    /// Degrees.
    pub end: f64,
    /// What wants a place in it, clockwise.
    pub spots: Vec<Spot>,
}

/// A mark with a place.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub items: Vec<usize>,
    pub band: usize,
    pub angle: f64,
    pub x: f64,
    pub y: f64,
    pub r: f64,
    /// Half the side of the square that nothing else may touch.
    pub half: f64,
}

/// Sizes to try, the largest first. Below 9 the check in a mark cannot be read from across a table.
const RADII: [f64; 5] = [13.0, 11.5, 10.5, 9.5, 9.0];
/// How much of a cell marks cover when they are set as tight as they go.
const DENSEST: f64 = 0.85;
/// Between the squares of two marks.
const GAP: f64 = 1.5;
/// Squares that touch are apart, whatever the last digit of the sum says.
const TOUCH: f64 = -1e-9;
/// More lanes than this never help: the widest ring holds fewer.
const LANES_MAX: usize = 8;
/// A lane more is worth it when it brings the marks this much nearer to their dates.
const LANE_COST: f64 = 9.0;
/// The square's diagonal: apart by this many sides in any direction, two squares cannot touch.
const DIAGONAL: f64 = std::f64::consts::SQRT_2;

/// Gives every spot a place. Returns the radius of a mark that stands for one item, and the marks.
pub(super) fn place(cells: &[Cell], bands: &[Band], columns: usize) -> (f64, Vec<Placed>) {
    let smallest = RADII[RADII.len() - 1];
    let hopeless = |cell: &Cell| !may_hold(cell, &bands[cell.band], smallest);
    let least = cells.iter().filter(|c| hopeless(c)).count();
    let narrowest = bands.iter().map(|b| b.pitch).fold(f64::INFINITY, f64::min);
    let mut best: Option<(usize, f64, Vec<Placed>)> = None;
    for r in RADII {
        let holds = |cell: &Cell| may_hold(cell, &bands[cell.band], r) || hopeless(cell);
        if r > smallest && (r > gathered_radius(narrowest) || !cells.iter().all(holds)) {
            continue;
        }
        let gathered: Vec<bool> = cells.iter().map(hopeless).collect();
        let (gathered, placed) = Board::fill(cells, bands, columns, r, gathered);
        if best.as_ref().is_none_or(|(fewest, ..)| gathered < *fewest) {
            best = Some((gathered, r, placed));
        }
        if gathered == least {
            break;
        }
    }
    best.map_or((RADII[0], vec![]), |(_, r, placed)| (r, placed))
}

/// Whether the marks of a cell could have room in it, judged by their area.
fn may_hold(cell: &Cell, band: &Band, r: f64) -> bool {
    let side = 2.0 * r + GAP;
    let length = (cell.end - cell.start).to_radians() * band.mid();
    // squares may stand out of the cell, circles may not
    let area = (band.outer - band.inner + side * 0.3) * (length + side * 0.3);
    cell.spots.len() == 1 || float(cell.spots.len()) * side * side <= area * DENSEST
}

/// The radius of a gathered mark in a ring of this pitch. Two of them in neighbouring rings do not touch even where
/// the rings run slantwise: their squares are less than 0.7 of the pitch.
fn gathered_radius(pitch: f64) -> f64 {
    (pitch * 0.35 - GAP / 2.0).min(16.0)
}

/// The marks placed so far, by ring and column.
struct Board<'a> {
    bands: &'a [Band],
    columns: usize,
    r: f64,
    squares: Vec<Vec<Placed>>,
}

impl<'a> Board<'a> {
    /// Fills a board with marks of one size. Cells that do not hold their marks are gathered and the rest is placed
    /// again around them; each round gathers at least one cell more, so it ends.
    fn fill(
        cells: &[Cell],
        bands: &'a [Band],
        columns: usize,
        r: f64,
        mut gathered: Vec<bool>,
    ) -> (usize, Vec<Placed>) {
        let density = |cell: &Cell| -> f64 {
            let band = &bands[cell.band];
            float(cell.spots.len()) / ((cell.end - cell.start) * band.mid() * (band.outer - band.inner))
        };
        // the crowded choose first, the others have room to move
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.sort_by(|&a, &b| density(&cells[b]).total_cmp(&density(&cells[a])).then(a.cmp(&b)));
        loop {
            let mut board = Board { bands, columns, r, squares: vec![Vec::new(); bands.len() * columns] };
            for &i in order.iter().filter(|&&i| gathered[i]) {
                board.gather(&cells[i]);
            }
            let mut full = Vec::new();
            for &i in order.iter().filter(|&&i| !gathered[i]) {
                match board.arrange(&cells[i]) {
                    Some(marks) => board.squares[cells[i].band * columns + cells[i].column] = marks,
                    None => full.push(i),
                }
            }
            if full.is_empty() {
                let count = gathered.iter().filter(|&&g| g).count();
                return (count, board.squares.into_iter().flatten().collect());
            }
            for i in full {
                gathered[i] = true;
            }
        }
    }

    /// One mark for all of a cell, in its middle.
    fn gather(&mut self, cell: &Cell) {
        let band = &self.bands[cell.band];
        let r = if cell.spots.len() == 1 { self.r } else { gathered_radius(band.pitch).max(self.r) };
        let items = cell.spots.iter().map(|s| s.item).collect();
        let mark = placed(items, cell.band, f64::midpoint(cell.start, cell.end), band.mid(), r);
        self.squares[cell.band * self.columns + cell.column] = vec![mark];
    }

    /// The best of the ways to set the marks of a cell, or none when none is free of collisions.
    fn arrange(&self, cell: &Cell) -> Option<Vec<Placed>> {
        let band = &self.bands[cell.band];
        let room = band.outer - band.inner - 2.0 * self.r;
        let side = 2.0 * self.r + GAP;
        let length = (cell.end - cell.start).to_radians() * (band.outer - self.r);
        let count = cell.spots.len();
        let mut best: Option<(f64, Vec<Placed>)> = None;
        for lanes in 1..=count.min(LANES_MAX) {
            let step = (room / float(lanes.max(2) - 1)).min(side * DIAGONAL);
            // closer lanes than this give nothing that fewer lanes do not
            if lanes > 1 && step < side * 0.45 {
                break;
            }
            // not even the outermost lane is that long
            if float(count.div_ceil(lanes) - 1) * side > length {
                continue;
            }
            let ways = Pattern::of(lanes)
                .iter()
                .flat_map(|&pattern| [Edge::Tight, Edge::Wide, Edge::Yielding].map(|edge| (pattern, edge)));
            let distances = distances(cell, side, step);
            for (pattern, edge) in ways {
                // larger distances move the marks further: the first that is free is the best of these
                for (same, next) in distances {
                    let limit = best.as_ref().map_or(f64::INFINITY, |(least, _)| *least);
                    let Some((moved, marks)) = self.set(cell, &Way { lanes, pattern, step, same, next, edge }) else {
                        break;
                    };
                    let cost = moved + LANE_COST * float(lanes - 1);
                    if cost >= limit {
                        break;
                    }
                    if self.is_free(cell, &marks) {
                        if cost < 0.1 {
                            return Some(marks);
                        }
                        best = Some((cost, marks));
                        break;
                    }
                }
            }
            // one lane more cannot be better
            if best.as_ref().is_some_and(|(least, _)| *least <= LANE_COST * float(lanes)) {
                break;
            }
        }
        best.map(|(_, marks)| marks)
    }

    /// Sets the marks of a cell one way: as near as can be to where they want to be, in order, at the distances of the
    /// way. Returns how far the most displaced one was moved. None when they do not fit.
    fn set(&self, cell: &Cell, way: &Way) -> Option<(f64, Vec<Placed>)> {
        let band = &self.bands[cell.band];
        let radius = |lane: usize| band.mid() + (float(lane) - float(way.lanes - 1) / 2.0) * way.step;
        // a chord in degrees; lengths are small against the radius, the factor makes up for the bend
        let turn = |length: f64, radius: f64| (length / radius * 1.004).to_degrees();
        let inset = |lane: usize, edge: f64| {
            let (sin, cos) = edge.to_radians().sin_cos();
            let half = self.r + GAP / 2.0;
            let (tight, wide) = (half / sin.abs().max(cos.abs()), half * (sin.abs() + cos.abs()));
            let length = match way.edge {
                Edge::Tight => tight,
                Edge::Wide => wide,
                Edge::Yielding => 2.0 * wide - tight,
            };
            turn(length, radius(lane))
        };
        let steps = way.pattern.steps(cell.spots.len(), way.lanes);
        let n = steps.len();
        let inmost: Vec<usize> = steps.iter().map(|s| s.iter().map(|(_, lane)| *lane).min().unwrap_or(0)).collect();
        let low: Vec<f64> = inmost.iter().map(|&lane| cell.start + inset(lane, cell.start)).collect();
        let high: Vec<f64> = inmost.iter().map(|&lane| cell.end - inset(lane, cell.end)).collect();
        let cycle = way.pattern.cycle(way.lanes);
        let need = |i: usize, j: usize| {
            let length = if j - i < cycle { way.next } else { way.same };
            2.0 * turn(length / 2.0, radius(inmost[i].min(inmost[j])))
        };
        let forward = |at: &mut Vec<f64>| {
            for j in 0..n {
                at[j] = at[j].max(low[j]);
                for i in j.saturating_sub(cycle)..j {
                    at[j] = at[j].max(at[i] + need(i, j));
                }
            }
        };
        let backward = |at: &mut Vec<f64>| {
            for i in (0..n).rev() {
                at[i] = at[i].min(high[i]);
                for j in i + 1..n.min(i + cycle + 1) {
                    at[i] = at[i].min(at[j] - need(i, j));
                }
            }
        };
        let wanted: Vec<f64> = steps
            .iter()
            .map(|step| step.iter().map(|(spot, _)| cell.spots[*spot].angle).sum::<f64>() / float(step.len().max(1)))
            .collect();
        // pushed clockwise and pushed back; the middle of two that keep their distances keeps them too
        let (mut late, mut early) = (wanted.clone(), wanted);
        forward(&mut late);
        backward(&mut late);
        backward(&mut early);
        forward(&mut early);
        if !(0..n).all(|i| late[i] >= low[i] - 1e-9 && early[i] <= high[i] + 1e-9) {
            return None;
        }
        let mut moved = 0.0_f64;
        let mut marks = Vec::with_capacity(cell.spots.len());
        for (i, step) in steps.iter().enumerate() {
            let angle = f64::midpoint(late[i], early[i]);
            for &(spot, lane) in step {
                let spot = cell.spots[spot];
                moved = moved.max((angle - spot.angle).abs().to_radians() * band.mid());
                marks.push(placed(vec![spot.item], cell.band, angle, radius(lane), self.r));
            }
        }
        Some((moved, marks))
    }

    /// Whether the marks touch neither each other nor a mark of a cell around.
    fn is_free(&self, cell: &Cell, marks: &[Placed]) -> bool {
        let around = (cell.band.saturating_sub(1)..=(cell.band + 1).min(self.bands.len() - 1)).flat_map(|band| {
            [self.columns - 1, 0, 1].map(|step| band * self.columns + (cell.column + step) % self.columns)
        });
        marks.iter().enumerate().all(|(i, mark)| marks[..i].iter().all(|other| apart(mark, other) >= TOUCH))
            && around.flat_map(|i| &self.squares[i]).all(|other| marks.iter().all(|mark| apart(mark, other) >= TOUCH))
    }
}

/// In what order lanes are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    /// One at a time, each in the next lane.
    Zigzag,
    /// Every second lane, then those between: the tightest where the ring runs slantwise.
    Checker,
    /// All lanes side by side: the tightest where it runs straight, and right for things of the same day.
    Grid,
}

impl Pattern {
    /// Those that differ for this many lanes.
    fn of(lanes: usize) -> &'static [Self] {
        match lanes {
            1 => &[Self::Zigzag],
            2 => &[Self::Zigzag, Self::Grid],
            _ => &[Self::Zigzag, Self::Checker, Self::Grid],
        }
    }

    /// After how many steps the same lane comes again.
    fn cycle(self, lanes: usize) -> usize {
        match self {
            Self::Zigzag => lanes,
            Self::Checker => 2,
            Self::Grid => 1,
        }
    }

    /// What stands at the same angle, step by step: indexes of marks, each with its lane.
    fn steps(self, marks: usize, lanes: usize) -> Vec<Vec<(usize, usize)>> {
        let mut steps = Vec::new();
        let mut mark = 0;
        while mark < marks {
            let i = steps.len();
            let step: Vec<(usize, usize)> = match self {
                Self::Zigzag => vec![(mark, i % lanes)],
                Self::Checker => (mark..marks).zip((i % 2..lanes).step_by(2)).collect(),
                Self::Grid => (mark..marks).zip(0..lanes).collect(),
            };
            mark += step.len();
            steps.push(step);
        }
        steps
    }
}

/// A way to set the marks of a cell, in lengths.
struct Way {
    lanes: usize,
    pattern: Pattern,
    /// From lane to lane.
    step: f64,
    /// Between two steps that use the same lane.
    same: f64,
    /// Between two steps after each other that do not.
    next: f64,
    edge: Edge,
}

/// How far apart along the ring two squares must be in the same lane and in lanes beside each other: where the ring runs
/// straightest in the cell, in between, and where it runs most slantwise.
fn distances(cell: &Cell, side: f64, step: f64) -> [(f64, f64); 3] {
    let at = [cell.start, f64::midpoint(cell.start, cell.end), cell.end].map(|angle| {
        let (sin, cos) = angle.to_radians().sin_cos();
        // 1e-6: divided by, where the ring runs straight
        let (sin, cos) = (sin.abs().max(1e-6), cos.abs().max(1e-6));
        // the other lane is further out or further in; it is enough to be apart along one of the axes
        let outwards = ((side - step * cos) / sin).min((side + step * sin) / cos);
        let inwards = ((side - step * sin) / cos).min((side + step * cos) / sin);
        (side / sin.max(cos), outwards.max(inwards).max(0.0))
    });
    let least = at.into_iter().fold(at[0], |a, b| (a.0.min(b.0), a.1.min(b.1)));
    let most = at.into_iter().fold(at[0], |a, b| (a.0.max(b.0), a.1.max(b.1)));
    [least, (f64::midpoint(least.0, most.0), f64::midpoint(least.1, most.1)), most]
}

/// How far marks keep from the edges of their cell, because of those on the other side.
#[derive(Clone, Copy, Debug)]
enum Edge {
    /// Right for a neighbour in the same lane.
    Tight,
    /// Right for a neighbour in any lane that does the same.
    Wide,
    /// Right for a neighbour in any lane that stands tight.
    Yielding,
}

#[allow(clippy::cast_precision_loss)] // counts of marks and lanes
fn float(n: usize) -> f64 {
    n as f64
}

fn placed(items: Vec<usize>, band: usize, angle: f64, radius: f64, r: f64) -> Placed {
    let (x, y) = point(angle, radius);
    Placed { items, band, angle, x, y, r, half: r + GAP / 2.0 }
}

/// How far apart the squares of two marks are along the axis where they are most apart; negative when they overlap.
pub(super) fn apart(a: &Placed, b: &Placed) -> f64 {
    (a.x - b.x).abs().max((a.y - b.y).abs()) - a.half - b.half
}
