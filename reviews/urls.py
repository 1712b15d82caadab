from django.urls import path

from reviews.views import answering, assigning, queue, verdict

app_name = "reviews"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<uuid:public_id>/", verdict.verdict, name="verdict"),
    path("<uuid:public_id>/assign/", assigning.assign, name="assign"),
    path("<uuid:public_id>/reply/", answering.reply, name="reply"),
    path("<uuid:public_id>/second-look/", answering.second_look, name="second_look"),
]
