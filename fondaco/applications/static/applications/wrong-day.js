// A browser keeps a day that does not exist, such as 31 February, to itself: say so, and stay here.
export const wrongDay = (form) => {
  const days = [...form.querySelectorAll("input[type=date]")];
  for (const day of days) {
    const words = document.getElementById(`${day.id}-day`);
    if (words) words.hidden = !day.validity.badInput;
  }
  return days.find((day) => day.validity.badInput);
};
